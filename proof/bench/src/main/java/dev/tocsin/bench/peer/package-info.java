/// The programs that are run beside each other: Tocsin, Prometheus, Alertmanager, node_exporter,
/// VictoriaMetrics.
@NullMarked
package dev.tocsin.bench.peer;

import org.jspecify.annotations.NullMarked;

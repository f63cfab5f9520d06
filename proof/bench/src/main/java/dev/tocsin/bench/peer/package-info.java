/// The programs that are run beside each other: Tocsin, Prometheus, Alertmanager, node_exporter.
@NullMarked
package dev.tocsin.bench.peer;

import org.jspecify.annotations.NullMarked;

/// Measures the machine the agent runs on, every second, under the names node_exporter gave these
/// numbers.
@NullMarked
package dev.tocsin.collect.host;

import org.jspecify.annotations.NullMarked;

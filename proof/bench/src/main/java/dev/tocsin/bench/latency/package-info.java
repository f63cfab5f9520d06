/// The load case `alert-latency`: from a sample to the webhook, for each of many alerts.
@NullMarked
package dev.tocsin.bench.latency;

import org.jspecify.annotations.NullMarked;

/// Prometheus's remote write, 1.0 and 2.0: how samples are written.
@NullMarked
package dev.tocsin.deliver.remotewrite;

import org.jspecify.annotations.NullMarked;

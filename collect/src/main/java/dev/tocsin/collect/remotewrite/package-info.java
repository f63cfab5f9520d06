/// Receives samples by Prometheus remote write 1.0 and 2.0: `POST /api/v1/write`.
@NullMarked
package dev.tocsin.collect.remotewrite;

import org.jspecify.annotations.NullMarked;

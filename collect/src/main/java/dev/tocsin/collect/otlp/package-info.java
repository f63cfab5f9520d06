/// Receives OTLP metrics over HTTP, `POST /v1/metrics`, and makes of them the series that
/// Prometheus's OTLP endpoint makes.
@NullMarked
package dev.tocsin.collect.otlp;

import org.jspecify.annotations.NullMarked;

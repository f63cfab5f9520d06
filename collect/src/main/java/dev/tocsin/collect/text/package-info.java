/// Receives samples as text, in Prometheus's exposition format or in OpenMetrics: `POST
/// /api/v1/import/prometheus`.
@NullMarked
package dev.tocsin.collect.text;

import org.jspecify.annotations.NullMarked;

package dev.tocsin.system.otlp;

import io.opentelemetry.exporter.otlp.http.metrics.OtlpHttpMetricExporter;
import io.opentelemetry.exporter.otlp.metrics.OtlpGrpcMetricExporter;
import io.opentelemetry.sdk.metrics.export.AggregationTemporalitySelector;
import io.opentelemetry.sdk.metrics.export.MetricExporter;

/// The ways in which the SDK exports.
enum SdkExport {
  GRPC(true, false, "none"),
  GRPC_GZIP(true, false, "gzip"),
  GRPC_DELTA(true, true, "gzip"),
  HTTP(false, false, "none"),
  HTTP_GZIP(false, false, "gzip"),
  HTTP_DELTA(false, true, "none");

  private final boolean grpc;
  private final boolean delta;
  private final String compression;

  SdkExport(boolean grpc, boolean delta, String compression) {
    this.grpc = grpc;
    this.delta = delta;
    this.compression = compression;
  }

  MetricExporter exporter(OtlpAgent agent) {
    AggregationTemporalitySelector temporality =
        delta
            ? AggregationTemporalitySelector.deltaPreferred()
            : AggregationTemporalitySelector.alwaysCumulative();
    return grpc
        ? OtlpGrpcMetricExporter.builder()
            .setEndpoint("http://" + agent.grpc())
            .setCompression(compression)
            .setAggregationTemporalitySelector(temporality)
            .build()
        : OtlpHttpMetricExporter.builder()
            .setEndpoint("http://" + agent.http() + "/v1/metrics")
            .setCompression(compression)
            .setAggregationTemporalitySelector(temporality)
            .build();
  }
}

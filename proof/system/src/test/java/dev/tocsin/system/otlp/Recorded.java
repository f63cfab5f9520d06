package dev.tocsin.system.otlp;

import io.opentelemetry.sdk.common.CompletableResultCode;
import io.opentelemetry.sdk.metrics.Aggregation;
import io.opentelemetry.sdk.metrics.InstrumentType;
import io.opentelemetry.sdk.metrics.data.AggregationTemporality;
import io.opentelemetry.sdk.metrics.data.MetricData;
import io.opentelemetry.sdk.metrics.export.MetricExporter;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/// An exporter of the SDK that also notes what it is given. One thread.
final class Recorded implements MetricExporter {
  private final MetricExporter exporter;
  private final List<List<MetricData>> exports = new ArrayList<>();

  Recorded(MetricExporter exporter) {
    this.exporter = exporter;
  }

  /// What was exported, collection by collection.
  List<List<MetricData>> exports() {
    return exports;
  }

  @Override
  public CompletableResultCode export(Collection<MetricData> metrics) {
    exports.add(List.copyOf(metrics));
    return exporter.export(metrics);
  }

  @Override
  public CompletableResultCode flush() {
    return exporter.flush();
  }

  @Override
  public CompletableResultCode shutdown() {
    return exporter.shutdown();
  }

  @Override
  public AggregationTemporality getAggregationTemporality(InstrumentType type) {
    return exporter.getAggregationTemporality(type);
  }

  @Override
  public Aggregation getDefaultAggregation(InstrumentType type) {
    return exporter.getDefaultAggregation(type);
  }
}

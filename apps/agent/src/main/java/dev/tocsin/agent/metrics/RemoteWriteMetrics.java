package dev.tocsin.agent.metrics;

import dev.tocsin.collect.remotewrite.Unkept;

/// What senders of remote write are not told: what came beside samples and has no place.
final class RemoteWriteMetrics {
  private RemoteWriteMetrics() {}

  static MetricFamily unkept(Unkept unkept) {
    return MetricFamily.counter(
            "tocsin_remote_write_unkept_total",
            "What remote write brought beside samples, and is not kept.")
        .add(unkept.exemplars(), "kind", "exemplar")
        .add(unkept.metadata(), "kind", "metadata")
        .add(unkept.startTimes(), "kind", "start_timestamp");
  }
}

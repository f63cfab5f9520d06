package dev.tocsin.agent.metrics;

import java.util.List;

/// Whether the newest configuration runs; the names are Prometheus's, which people alert on.
public final class ReloadMetrics {
  private ReloadMetrics() {}

  public static List<MetricFamily> families(
      boolean successful, long successAtMs, long tookNanos, long engineNanos) {
    return List.of(
        MetricFamily.gauge(
                "prometheus_config_last_reload_successful",
                "Whether the last configuration reload attempt was taken over.")
            .add(successful ? 1L : 0L),
        MetricFamily.gauge(
                "prometheus_config_last_reload_success_timestamp_seconds",
                "When the configuration that runs was read.")
            .add(successAtMs / 1e3),
        MetricFamily.gauge("tocsin_reload_seconds", "How long the last reload took.")
            .add(tookNanos / 1e9),
        MetricFamily.gauge(
                "tocsin_reload_engine_seconds", "How much of it the engine did nothing else.")
            .add(engineNanos / 1e9));
  }
}

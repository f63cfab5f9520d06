package dev.tocsin.agent.metrics;

import dev.tocsin.engine.stream.SettleStats;
import java.util.List;

/// How scrapes that came in parts settled.
final class SettleMetrics {
  private SettleMetrics() {}

  static List<MetricFamily> families(SettleStats stats) {
    return List.of(
        MetricFamily.counter(
                "tocsin_settles_total",
                "Scrapes that settled, by cause. Overflow: there was no room to wait for them.")
            .add(stats.elapsed(), "cause", "elapsed")
            .add(stats.newer(), "cause", "newer")
            .add(stats.overflow(), "cause", "overflow")
            .add(stats.reload(), "cause", "reload"),
        MetricFamily.counter(
                "tocsin_settle_late_samples_total",
                "Samples that came when their scrape had settled.")
            .add(stats.lateSamples()),
        MetricFamily.gauge(
                "tocsin_settle_waiting_series", "Series of scrapes that have not settled.")
            .add(stats.waitingSeries()),
        MetricFamily.gauge("tocsin_settle_sources", "Sources whose scrapes may wait.")
            .add(stats.sources()));
  }
}

package dev.tocsin.agent.metrics;

import dev.tocsin.model.tenant.Tenant;
import dev.tocsin.pipeline.accounting.Accounts;
import dev.tocsin.pipeline.intake.RefusedSeries;
import dev.tocsin.pipeline.ring.Ring;
import dev.tocsin.store.StoreStats;
import java.util.List;

/// What flows through, and what is remembered of it.
public final class FlowMetrics {
  private FlowMetrics() {}

  /// From one consistent snapshot: received = applied + refused + in flight, in every scrape.
  static List<MetricFamily> accounts(Accounts accounts) {
    MetricFamily received =
        MetricFamily.counter(
                "tocsin_samples_received_total", "Samples that came in, whatever became of them.")
            .add(accounts.received());
    MetricFamily applied =
        MetricFamily.counter(
                "tocsin_samples_applied_total",
                "Samples past the engine: durable with the journal on disk, undurable without.")
            .add(accounts.appliedDurable(), "durability", "durable")
            .add(accounts.appliedUndurable(), "durability", "undurable");
    MetricFamily refused =
        MetricFamily.counter("tocsin_samples_refused_total", "Samples not taken, by reason.");
    accounts.refused().forEach((reason, count) -> refused.add(count, "reason", reason.word()));
    MetricFamily inFlight =
        MetricFamily.gauge(
                "tocsin_samples_in_flight", "Samples taken, and not past both engine and journal.")
            .add(accounts.inFlight());
    return List.of(received, applied, refused, inFlight);
  }

  /// How long the engine takes for its inputs.
  public static List<MetricFamily> engine(long turns, long busyNanos, long longestNanos) {
    return List.of(
        MetricFamily.counter("tocsin_engine_turns_total", "Inputs the engine has applied.")
            .add(turns),
        MetricFamily.counter("tocsin_engine_busy_seconds_total", "Time in them.")
            .add(busyNanos / 1e9),
        MetricFamily.gauge("tocsin_engine_turn_seconds_max", "The longest of them.")
            .add(longestNanos / 1e9));
  }

  static List<MetricFamily> ring(Ring ring, double pace) {
    return List.of(
        MetricFamily.gauge("tocsin_ring_fill_ratio", "How full the ring is, 0 to 1.")
            .add(ring.fill()),
        MetricFamily.gauge("tocsin_pace_ratio", "How fast sources may go, 0.1 to 1.").add(pace));
  }

  /// @param expired series forgotten
  static List<MetricFamily> series(
      StoreStats stats, List<RefusedSeries.Standing> standings, double fill, long expired) {
    MetricFamily refused =
        MetricFamily.counter(
            "tocsin_series_refused_total",
            "New series refused for want of room, as often as they were asked for.");
    MetricFamily full =
        MetricFamily.gauge(
            "tocsin_series_full", "Whether a tenant was refused a new series a short time ago.");
    refused.add(stats.seriesRefused(), "source", "rules", "tenant", Tenant.DEFAULT.id());
    for (RefusedSeries.Standing one : standings) {
      refused.add(one.refused(), "source", "received", "tenant", one.tenant().id());
      full.add(one.isFull() ? 1L : 0L, "tenant", one.tenant().id());
    }
    return List.of(
        MetricFamily.gauge("tocsin_series", "Series remembered.").add(stats.series()),
        MetricFamily.gauge(
                "tocsin_series_fill_ratio", "How much of the room for series is taken, 0 to 1.")
            .add(fill),
        MetricFamily.counter(
                "tocsin_series_expired_total", "Series forgotten after a time without samples.")
            .add(expired),
        refused,
        full);
  }

  static List<MetricFamily> store(StoreStats stats) {
    return List.of(
        MetricFamily.gauge("tocsin_store_samples", "Samples remembered.").add(stats.samplesHeld()),
        MetricFamily.gauge("tocsin_store_block_bytes", "Memory of compressed history.")
            .add(stats.blockBytes()),
        MetricFamily.counter(
                "tocsin_store_blocks_dropped_total", "Blocks of history dropped, oldest first.")
            .add(stats.blocksDropped()));
  }
}

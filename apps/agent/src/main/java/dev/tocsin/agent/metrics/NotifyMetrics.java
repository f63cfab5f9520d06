package dev.tocsin.agent.metrics;

import dev.tocsin.deliver.latency.LatencyRecorder;
import dev.tocsin.deliver.latency.LatencySnapshot;
import dev.tocsin.deliver.latency.StagePair;
import dev.tocsin.deliver.outbox.LaneStats;
import dev.tocsin.deliver.outbox.OutboxStats;
import dev.tocsin.model.labels.Labels;
import java.util.List;

/// What was told to whom, and how long it took.
final class NotifyMetrics {
  /// Seconds: from a fraction of a millisecond, where stages live, to where nobody is amused.
  private static final double[] BOUNDS = {
    0.0001, 0.00025, 0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10
  };

  private NotifyMetrics() {}

  static List<MetricFamily> outbox(OutboxStats stats) {
    MetricFamily sent =
        MetricFamily.counter(
            "tocsin_notifications_total", "Events that a destination is done with, by outcome.");
    MetricFamily failed =
        MetricFamily.counter(
            "tocsin_notification_failures_total", "Requests that had to be made again.");
    MetricFamily waiting =
        MetricFamily.gauge("tocsin_notifications_waiting", "Events a destination is owed.");
    for (LaneStats lane : stats.lanes()) {
      String name = lane.destination();
      sent.add(lane.accepted(), "destination", name, "outcome", "accepted");
      sent.add(lane.refused(), "destination", name, "outcome", "refused");
      sent.add(lane.superseded(), "destination", name, "outcome", "superseded");
      sent.add(lane.dropped(), "destination", name, "outcome", "dropped");
      failed.add(lane.failedAttempts(), "destination", name);
      waiting.add(lane.waiting(), "destination", name);
    }
    MetricFamily undurable =
        MetricFamily.counter(
                "tocsin_notifications_undurable_total",
                "Notices that left before the journal held their decision.")
            .add(stats.undurable());
    return List.of(sent, failed, waiting, undurable);
  }

  static MetricFamily latency(LatencyRecorder recorder) {
    MetricFamily family =
        new MetricFamily(
            "tocsin_alert_latency_seconds",
            MetricType.HISTOGRAM,
            "From one stage of an alert to another.");
    for (StagePair pair : StagePair.values()) {
      LatencySnapshot snapshot = recorder.snapshot(pair);
      long[] counts = new long[BOUNDS.length];
      for (int i = 0; i < BOUNDS.length; i++) {
        counts[i] = snapshot.atMost((long) (BOUNDS[i] * 1e9));
      }
      Labels labels = Labels.of("stage", pair.word());
      family.addHistogram(labels, BOUNDS, counts, snapshot.count(), snapshot.sumNanos() / 1e9);
    }
    return family;
  }
}

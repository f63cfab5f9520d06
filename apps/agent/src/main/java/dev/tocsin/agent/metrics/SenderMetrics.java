package dev.tocsin.agent.metrics;

import dev.tocsin.deliver.send.Dropped;
import dev.tocsin.deliver.send.Sender;
import dev.tocsin.deliver.send.SenderStats;
import java.util.List;

/// What was sent on, and what waits. The names are Prometheus's with another beginning:
/// `prometheus_remote_storage_samples_total` is `tocsin_remote_storage_samples_total`.
final class SenderMetrics {
  private static final String PREFIX = "tocsin_remote_storage_";

  private SenderMetrics() {}

  static List<MetricFamily> families(List<Sender> senders) {
    if (senders.isEmpty()) {
      return List.of();
    }
    MetricFamily sent = counter("samples_total", "Samples that were accepted.");
    MetricFamily histograms = counter("histograms_total", "Native histograms among them.");
    MetricFamily failed = counter("samples_failed_total", "Samples that were refused for good.");
    MetricFamily dropped = counter("samples_dropped_total", "Samples that were not sent.");
    MetricFamily retried = counter("samples_retried_total", "Samples sent again.");
    MetricFamily bytes = counter("bytes_total", "Bodies of requests that were accepted.");
    MetricFamily passed =
        counter("journal_inputs_lost_total", "Inputs of the journal that could not be sent.");
    MetricFamily waiting = gauge("samples_pending", "Samples read and not yet accepted.");
    MetricFamily pending = gauge("journal_pending_bytes", "Journal that is not all sent, about.");
    MetricFamily shards = gauge("shards", "Requests that may be under way at once.");
    MetricFamily most = gauge("shards_max", "The most of them.");
    MetricFamily least = gauge("shards_min", "The fewest of them.");
    MetricFamily newest =
        gauge("queue_highest_sent_timestamp_seconds", "Newest time of an accepted sample.");
    MetricFamily behind = gauge("behind_seconds", "How long the oldest waiting sample is here.");
    for (Sender sender : senders) {
      SenderStats stats = sender.stats();
      String[] who = {"remote_name", sender.config().name(), "url", sender.config().url().origin()};
      sent.add(stats.sent(), who);
      histograms.add(stats.sentHistograms(), who);
      failed.add(of(stats, Dropped.REFUSED) + of(stats, Dropped.UNWRITTEN), who);
      for (Dropped why : Dropped.values()) {
        if (why != Dropped.REFUSED && why != Dropped.UNWRITTEN) {
          dropped.add(of(stats, why), with(who, why.word()));
        }
      }
      retried.add(stats.retried(), who);
      bytes.add(stats.sentBytes(), who);
      passed.add(stats.passed().removed(), with(who, "removed"));
      passed.add(stats.passed().damaged(), with(who, "damaged"));
      passed.add(stats.passed().limited(), with(who, "too_far_behind"));
      waiting.add((long) stats.waiting(), who);
      pending.add(stats.pendingBytes(), who);
      shards.add((long) stats.shards(), who);
      most.add((long) sender.config().queue().maxShards(), who);
      least.add((long) sender.config().queue().minShards(), who);
      newest.add(stats.newestSentMs() / 1e3, who);
      behind.add(stats.behindMs() / 1e3, who);
    }
    return List.of(
        sent,
        histograms,
        failed,
        dropped,
        retried,
        bytes,
        passed,
        waiting,
        pending,
        shards,
        most,
        least,
        newest,
        behind);
  }

  private static long of(SenderStats stats, Dropped why) {
    return stats.dropped().getOrDefault(why, 0L);
  }

  private static String[] with(String[] who, String reason) {
    return new String[] {who[0], who[1], who[2], who[3], "reason", reason};
  }

  private static MetricFamily counter(String name, String help) {
    return MetricFamily.counter(PREFIX + name, help);
  }

  private static MetricFamily gauge(String name, String help) {
    return MetricFamily.gauge(PREFIX + name, help);
  }
}

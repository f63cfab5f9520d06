package dev.tocsin.agent.metrics;

import dev.tocsin.pipeline.journal.JournalStats;
import java.util.List;

/// What the journal does.
final class JournalMetrics {
  private JournalMetrics() {}

  static List<MetricFamily> families(JournalStats stats) {
    return List.of(
        MetricFamily.gauge("tocsin_journal_bytes", "Disk the journal's segments take.")
            .add(stats.journalBytes()),
        MetricFamily.counter("tocsin_journal_samples_total", "Samples encoded.")
            .add(stats.samples()),
        MetricFamily.counter("tocsin_journal_appended_bytes_total", "Bytes written.")
            .add(stats.appendedBytes()),
        MetricFamily.counter("tocsin_journal_forces_total", "Forces that succeeded.")
            .add(stats.forces()),
        MetricFamily.counter("tocsin_journal_force_seconds_total", "Time in them.")
            .add(stats.forceNanosSum() / 1e9),
        MetricFamily.gauge("tocsin_journal_force_seconds_max", "The longest of them.")
            .add(stats.forceNanosMax() / 1e9),
        MetricFamily.counter(
                "tocsin_journal_failures_total", "Writes, forces and allocations that failed.")
            .add(stats.failures()),
        MetricFamily.gauge(
                "tocsin_journal_up", "0 while it has failed: what comes in may be lost in a crash.")
            .add(stats.failure().isEmpty() ? 1L : 0L),
        MetricFamily.gauge(
                "tocsin_journal_damaged_parts",
                "Places in the journal's files that the last start could not read.")
            .add(stats.damagedParts()),
        MetricFamily.gauge(
                "tocsin_journal_lost_entries",
                "Inputs in them that no checkpoint holds, as far as their number is known.")
            .add(stats.lostEntries()),
        MetricFamily.gauge("tocsin_journal_staging_fill_ratio", "How full its staging is, 0 to 1.")
            .add(stats.fullness()));
  }
}

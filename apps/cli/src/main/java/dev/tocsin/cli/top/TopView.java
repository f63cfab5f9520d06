package dev.tocsin.cli.top;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// Two moments of an agent as lines of text: what went through every stage in between, how full the
/// places between them are, and where it is slow.
public final class TopView {
  /// Of a place between two stages: what comes behind it is slower than what comes before.
  private static final double FULL_FROM = 0.5;

  /// Of a thread's time.
  private static final double BUSY_FROM = 0.8;

  private static final int BAR_LENGTH = 20;
  private static final int ROWS_MAX = 12;

  private final Scrape before;
  private final Scrape now;
  private final double seconds;

  /// @param before earlier than `now`
  public TopView(Scrape before, Scrape now) {
    this.before = before;
    this.now = now;
    this.seconds = Math.max(1e-3, (now.atNanos() - before.atNanos()) / 1e9);
  }

  public List<String> lines(String agent) {
    List<String> lines = new ArrayList<>();
    lines.add(
        "tocsin top   " + agent + String.format(Locale.ROOT, "   over the last %.1f s", seconds));
    lines.add("");
    lines.add("slow         " + verdict());
    lines.add("");
    flow(lines);
    lines.add("");
    sources(lines);
    refusals(lines);
    lines.add("");
    outbox(lines);
    lines.add("");
    lines.add(
        String.format(
            Locale.ROOT,
            "process      %.0f %% of a core, %s resident",
            100 * rate("process_cpu_seconds_total"),
            bytes(now.sum("process_resident_memory_bytes"))));
    return lines;
  }

  /// Where it is slow, in words.
  String verdict() {
    if (more("tocsin_journal_failures_total") > 0) {
      return "the journal: its disk fails";
    }
    if (now.sum("tocsin_journal_staging_fill_ratio") >= FULL_FROM) {
      return "the journal: its staging is filling up, a force takes " + forceTime();
    }
    if (now.sum("tocsin_ring_fill_ratio") >= FULL_FROM) {
      return engineShare() >= BUSY_FROM
          ? "the engine: the ring is filling up, and it has no time left"
          : "the readers of the ring: it is filling up";
    }
    if (engineShare() >= BUSY_FROM) {
      return "the engine: it has next to no time left";
    }
    if (more("tocsin_notification_failures_total") > 0) {
      return "a receiver: requests to it fail";
    }
    if (more("tocsin_series_refused_total") > 0) {
      return "nothing; new series are refused for want of room";
    }
    return "nothing";
  }

  private void flow(List<String> lines) {
    lines.add(row("stage", "samples/s", "", "", ""));
    lines.add(
        row(
            "received",
            perSecond("tocsin_samples_received_total"),
            "pace",
            percent(now.sum("tocsin_pace_ratio")),
            "of what sources want"));
    lines.add(
        row(
            "ring",
            "",
            bar(now.sum("tocsin_ring_fill_ratio")),
            percent(now.sum("tocsin_ring_fill_ratio")),
            String.format(Locale.ROOT, "%.0f in flight", now.sum("tocsin_samples_in_flight"))));
    double turns = more("tocsin_engine_turns_total");
    double busy = more("tocsin_engine_busy_seconds_total");
    lines.add(
        row(
            "engine",
            perSecond("tocsin_samples_applied_total"),
            bar(engineShare()),
            percent(engineShare()),
            String.format(
                Locale.ROOT,
                "%.0f inputs/s, %s each, longest so far %s",
                turns / seconds,
                time(turns == 0 ? 0 : busy / turns),
                time(now.sum("tocsin_engine_turn_seconds_max")))));
    lines.add(
        row(
            "journal",
            perSecond("tocsin_journal_samples_total"),
            bar(now.sum("tocsin_journal_staging_fill_ratio")),
            percent(now.sum("tocsin_journal_staging_fill_ratio")),
            String.format(
                Locale.ROOT,
                "%.0f forces/s, %s each, longest so far %s, %s/s",
                rate("tocsin_journal_forces_total"),
                forceTime(),
                time(now.sum("tocsin_journal_force_seconds_max")),
                bytes(rate("tocsin_journal_appended_bytes_total")))));
    lines.add(
        row(
            "series",
            "",
            bar(now.sum("tocsin_series_fill_ratio")),
            percent(now.sum("tocsin_series_fill_ratio")),
            String.format(
                Locale.ROOT,
                "%.0f, %.0f/s refused, %.0f expired so far",
                now.sum("tocsin_series"),
                rate("tocsin_series_refused_total"),
                now.sum("tocsin_series_expired_total"))));
  }

  private void sources(List<String> lines) {
    String family = "tocsin_http_requests_total";
    List<String> rows = new ArrayList<>();
    for (String path : now.labelValues(family, "path")) {
      String label = "path=\"" + path + "\"";
      double all = more(family, label);
      if (all > 0) {
        double fine = 0;
        for (String code : now.labelValues(family, "code")) {
          boolean good = code.startsWith("2");
          fine += good ? more(family, "code=\"" + code + "\",path=\"" + path + "\"") : 0;
        }
        rows.add(
            String.format(
                Locale.ROOT, "  %-34s %10.1f %10.1f", path, all / seconds, (all - fine) / seconds));
      }
    }
    lines.add(String.format(Locale.ROOT, "  %-34s %10s %10s", "requests", "per s", "refused/s"));
    lines.addAll(rows.subList(0, Math.min(ROWS_MAX, rows.size())));
  }

  private void refusals(List<String> lines) {
    String family = "tocsin_samples_refused_total";
    for (String reason : now.labelValues(family, "reason")) {
      double samples = more(family, "reason=\"" + reason + "\"");
      if (samples > 0) {
        lines.add(
            String.format(
                Locale.ROOT, "  refused samples: %-18s %10.1f/s", reason, samples / seconds));
      }
    }
  }

  private void outbox(List<String> lines) {
    lines.add(
        String.format(
            Locale.ROOT,
            "alerts       %.0f firing, %.0f pending",
            now.sum("tocsin_alerts", "state=\"firing\""),
            now.sum("tocsin_alerts", "state=\"pending\"")));
    for (String one : now.labelValues("tocsin_notifications_waiting", "destination")) {
      String label = "destination=\"" + one + "\"";
      lines.add(
          String.format(
              Locale.ROOT,
              "  to %-31s %10.1f %10.1f   %.0f waiting",
              one,
              more("tocsin_notifications_total", label) / seconds,
              more("tocsin_notification_failures_total", label) / seconds,
              now.sum("tocsin_notifications_waiting", label)));
    }
  }

  private static String row(String stage, String rate, String fill, String percent, String rest) {
    return String.format(Locale.ROOT, "%-10s %12s  %-22s %5s  %s", stage, rate, fill, percent, rest)
        .stripTrailing();
  }

  private double engineShare() {
    return rate("tocsin_engine_busy_seconds_total");
  }

  private String forceTime() {
    double forces = more("tocsin_journal_forces_total");
    return time(forces == 0 ? 0 : more("tocsin_journal_force_seconds_total") / forces);
  }

  private double more(String family) {
    return more(family, "");
  }

  /// How much a counter has grown; what it is where the agent has started anew.
  private double more(String family, String labels) {
    double grown = now.sum(family, labels) - before.sum(family, labels);
    return grown < 0 ? now.sum(family, labels) : grown;
  }

  private double rate(String family) {
    return more(family) / seconds;
  }

  private String perSecond(String family) {
    return String.format(Locale.ROOT, "%,.0f", rate(family));
  }

  private static String bar(double share) {
    int full = (int) Math.round(Math.clamp(share, 0, 1) * BAR_LENGTH);
    return "[" + "#".repeat(full) + ".".repeat(BAR_LENGTH - full) + "]";
  }

  private static String percent(double share) {
    return String.format(Locale.ROOT, "%.0f %%", 100 * share);
  }

  private static String time(double seconds) {
    return seconds >= 1
        ? String.format(Locale.ROOT, "%.1f s", seconds)
        : String.format(Locale.ROOT, "%.2f ms", seconds * 1e3);
  }

  private static String bytes(double bytes) {
    return bytes >= 1 << 20
        ? String.format(Locale.ROOT, "%.1f MiB", bytes / (1 << 20))
        : String.format(Locale.ROOT, "%.1f KiB", bytes / 1024);
  }
}

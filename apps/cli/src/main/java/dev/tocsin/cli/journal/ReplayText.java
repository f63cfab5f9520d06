package dev.tocsin.cli.journal;

import dev.tocsin.engine.EngineView;
import dev.tocsin.engine.Health;
import dev.tocsin.model.alert.AlertEvent;
import dev.tocsin.model.labels.Labels;
import dev.tocsin.model.text.GoFloat;
import dev.tocsin.model.text.PromDuration;
import java.io.PrintStream;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// Prints a replay: a line for each alert that begins to fire or resolves, then a summary. The same
/// replay gives the same text.
public final class ReplayText implements Replay.Teller {
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSS'Z'", Locale.ROOT)
          .withZone(ZoneOffset.UTC);

  /// A rule, as an event names it.
  private record RuleName(String group, String alert) implements Comparable<RuleName> {
    @Override
    public int compareTo(RuleName other) {
      int byGroup = group.compareTo(other.group);
      return byGroup != 0 ? byGroup : alert.compareTo(other.alert);
    }
  }

  private static final class Count {
    private long fired;
    private long early;
    private long resolved;
  }

  private final PrintStream out;
  private final Map<RuleName, Count> counts = new TreeMap<>();

  public ReplayText(PrintStream out) {
    this.out = out;
  }

  @Override
  public void begins(long seq, long nowMs) {
    out.println(
        seq == 1
            ? "From the first entry, " + time(nowMs) + "."
            : "From entry " + seq + ", " + time(nowMs) + ": what was before is gone.");
  }

  @Override
  public void tell(AlertEvent event, boolean byData, List<EngineView.Group> groups) {
    Count count =
        counts.computeIfAbsent(new RuleName(event.group(), event.name()), _ -> new Count());
    EngineView.Group group = groupOf(event, groups);
    switch (event.kind()) {
      case FIRING -> {
        boolean early = group != null && !group.isSlot(event.firedAtMs());
        count.fired++;
        count.early += early || byData ? 1 : 0;
        line(event, "FIRING", event.firedAtMs(), firedBy(event, byData, group));
      }
      case RESOLVED -> {
        count.resolved++;
        boolean slot = group != null && group.isSlot(event.resolvedAtMs());
        line(event, "resolved", event.resolvedAtMs(), slot ? "at its slot" : "by time");
      }
      case STILL_FIRING, STILL_RESOLVED -> {}
    }
  }

  private static String firedBy(
      AlertEvent event, boolean byData, EngineView.@Nullable Group group) {
    if (group == null || (!byData && group.isSlot(event.firedAtMs()))) {
      return "at its slot";
    }
    long aheadMs = group.slotAfter(event.firedAtMs()) - event.firedAtMs();
    return (byData ? "by a sample, " : "by time, ") + aheadMs + " ms before its slot";
  }

  private static EngineView.@Nullable Group groupOf(
      AlertEvent event, List<EngineView.Group> groups) {
    for (EngineView.Group group : groups) {
      if (group.name().equals(event.group())
          && group.rules().stream().anyMatch(rule -> isOf(event, rule))) {
        return group;
      }
    }
    return null;
  }

  private static boolean isOf(AlertEvent event, EngineView.Rule rule) {
    return rule.name().equals(event.name()) && rule.query().equals(event.expression());
  }

  private void line(AlertEvent event, String what, long atMs, String by) {
    Labels.Builder rest = Labels.builder().setAll(event.labels()).set("alertname", "");
    out.printf(
        Locale.ROOT,
        "%s  %-8s  %s%s  value %s  %s%n",
        time(atMs),
        what,
        event.name(),
        rest.build(),
        GoFloat.plain(event.value()),
        by);
  }

  /// The last lines, without the time it took.
  public void summary(Replay.Result result) {
    out.println();
    if (result.entries() == 0) {
      out.println("Nothing was recorded then.");
      return;
    }
    out.printf(
        Locale.ROOT,
        "%d entries, %d samples, %d series, from %s to %s (%s)%n",
        result.entries(),
        result.samples(),
        result.series(),
        time(result.firstMs()),
        time(result.lastMs()),
        PromDuration.format(result.lastMs() - result.firstMs()));
    if (result.lost() > 0) {
      out.println(result.lost() + " samples of series that are not known are left out.");
    }
    counts.forEach(
        (rule, count) ->
            out.printf(
                Locale.ROOT,
                "%s (group %s): fired %d (%d before its slot), resolved %d%n",
                rule.alert,
                rule.group,
                count.fired,
                count.early,
                count.resolved));
    silent(result);
  }

  private void silent(Replay.Result result) {
    int silent = 0;
    for (EngineView.Group group : result.groups()) {
      for (EngineView.Rule rule : group.rules()) {
        if (rule.health() == Health.ERROR) {
          out.println(rule.name() + " (group " + group.name() + ") fails: " + rule.lastError());
        }
        boolean alerting = rule.kind() == EngineView.Kind.ALERTING;
        silent += alerting && !counts.containsKey(new RuleName(group.name(), rule.name())) ? 1 : 0;
      }
    }
    out.println(silent + (silent == 1 ? " other alert rule" : " other alert rules") + ": nothing.");
  }

  private static String time(long unixMs) {
    return TIME.format(Instant.ofEpochMilli(unixMs));
  }
}

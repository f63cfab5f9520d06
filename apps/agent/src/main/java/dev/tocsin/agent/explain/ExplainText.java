package dev.tocsin.agent.explain;

import dev.tocsin.agent.explain.Explainer.Answer;
import dev.tocsin.agent.explain.Explanation.Shown;
import dev.tocsin.agent.explain.Explanation.Step;
import dev.tocsin.deliver.outbox.DeliveryRecord;
import dev.tocsin.model.alert.AlertState;
import dev.tocsin.model.alert.Evidence;
import dev.tocsin.model.alert.StageTimes;
import dev.tocsin.model.input.RuleSettings.Mode;
import dev.tocsin.model.json.JsonWriter;
import dev.tocsin.model.labels.Labels;
import dev.tocsin.model.text.GoFloat;
import dev.tocsin.model.text.PromDuration;
import java.util.List;
import java.util.Locale;

/// Writes explanations for a terminal. What is not known is said to be so.
public final class ExplainText {
  private static final String BARS = "▁▂▃▄▅▆▇█";

  /// Points of one series that are written out; all that are known are in its picture.
  private static final int POINTS_MAX = 3;

  private static final String UNKNOWN = "not known";

  private final StringBuilder out = new StringBuilder();

  private ExplainText() {}

  public static String of(String alert, Answer answer) {
    ExplainText text = new ExplainText();
    for (Explanation one : answer.explained()) {
      text.out.append(text.out.isEmpty() ? "" : "\n");
      text.one(alert, one, answer.mode());
    }
    if (answer.more() > 0) {
      text.out.append("\n+ ").append(answer.more()).append(" more: ask with --label name=value\n");
    }
    return text.out.toString();
  }

  private void one(String alert, Explanation one, Mode mode) {
    Labels rest = Labels.builder().setAll(one.labels()).set("alertname", "").build();
    String state = one.resolvedAtMs() > 0 ? "resolved" : one.state().word();
    String value = Double.isNaN(one.value()) ? "" : "  value " + GoFloat.plain(one.value());
    out.append(alert).append(rest.isEmpty() ? "" : rest.toString());
    out.append("  ").append(state).append(value).append('\n');
    line(
        "rule",
        String.format(
            Locale.ROOT,
            "group %s in %s, for %s",
            one.group().name(),
            one.group().file(),
            forText(one)));
    line("", String.format(Locale.ROOT, "%s", one.rule().query()));
    if (!one.rule().lastError().isEmpty()) {
      line(
          "", String.format(Locale.ROOT, "its last evaluation failed: %s", one.rule().lastError()));
    }
    grid(one);
    line("stream", String.format(Locale.ROOT, "%s", stream(one, mode)));
    samples(one);
    values(one);
    if (one.firedAtMs() > 0) {
      stages(one);
    }
  }

  private static String forText(Explanation one) {
    long keptMs = one.rule().keepFiringForMs();
    String kept = keptMs > 0 ? ", keeps firing for " + PromDuration.format(keptMs) : "";
    return PromDuration.format(one.rule().forMs()) + kept;
  }

  private void grid(Explanation one) {
    String slots =
        one.nextSlotMs() == 0
            ? "no slot yet"
            : "last slot "
                + time(one.group().lastEvaluationMs())
                + ", next "
                + time(one.nextSlotMs());
    String back =
        one.group().queryOffsetMs() > 0
            ? ", looks " + PromDuration.format(one.group().queryOffsetMs()) + " back"
            : "";
    line(
        "grid",
        String.format(
            Locale.ROOT,
            "every %s%s; %s",
            PromDuration.format(one.group().intervalMs()),
            back,
            slots));
    if (one.activeAtMs() > 0) {
      line(
          "",
          String.format(
              Locale.ROOT,
              "true since %s; `for` is over at %s",
              time(one.activeAtMs()),
              time(one.dueAtMs())));
    }
    if (one.keepFiringSinceMs() > 0) {
      line("", String.format(Locale.ROOT, "kept firing since %s", time(one.keepFiringSinceMs())));
    }
    if (one.resolvedAtMs() > 0) {
      line("", String.format(Locale.ROOT, "resolved at %s", time(one.resolvedAtMs())));
    }
  }

  private static String stream(Explanation one, Mode mode) {
    if (one.firedAtMs() == 0) {
      return one.state() == AlertState.PENDING ? "has not fired" : "-";
    }
    if (!one.isEarly()) {
      String off = mode == Mode.STRICT ? " (mode strict)" : "";
      return "fired at its slot, " + time(one.firedAtMs()) + off;
    }
    long aheadMs = one.group().slotAfter(one.firedAtMs()) - one.firedAtMs();
    String sample =
        one.evidence().sampleTimeMs() > 0
            ? ", by the sample of " + time(one.evidence().sampleTimeMs())
            : "";
    String adopted =
        one.adoptedAtMs() > 0
            ? "taken over by the slot " + time(one.adoptedAtMs())
            : one.resolvedAtMs() > 0 ? "not taken over" : "its slot is still to come";
    return "fired at %s, %d ms before its slot%s; %s"
        .formatted(time(one.firedAtMs()), aheadMs, sample, adopted);
  }

  private void samples(Explanation one) {
    String threshold = one.threshold().isEmpty() ? "" : "; the condition is " + one.threshold();
    List<Evidence.Read> all = one.evidence().series();
    if (all.isEmpty()) {
      line("samples", String.format(Locale.ROOT, "%s%s", UNKNOWN, threshold));
      return;
    }
    line(
        "samples",
        String.format(
            Locale.ROOT, "%s%s", one.firedAtMs() > 0 ? "when it changed" : "now", threshold));
    for (Evidence.Read read : all) {
      line("", String.format(Locale.ROOT, "%s  %s", spark(read.last()), read.labels()));
      List<Evidence.Point> last = read.last();
      int from = Math.max(0, last.size() - POINTS_MAX);
      for (Evidence.Point point : last.subList(from, last.size())) {
        line(
            "",
            String.format(
                Locale.ROOT, "  %s  %s", time(point.timeMs()), GoFloat.plain(point.value())));
      }
    }
  }

  /// A bar for each point, from the smallest to the largest.
  static String spark(List<Evidence.Point> points) {
    double low = Double.POSITIVE_INFINITY;
    double high = Double.NEGATIVE_INFINITY;
    for (Evidence.Point point : points) {
      if (Double.isFinite(point.value())) {
        low = Math.min(low, point.value());
        high = Math.max(high, point.value());
      }
    }
    StringBuilder bars = new StringBuilder();
    for (Evidence.Point point : points) {
      double share = high > low ? (point.value() - low) / (high - low) : 0.5;
      int bar = Math.clamp(Math.round(share * (BARS.length() - 1)), 0, BARS.length() - 1);
      bars.append(Double.isFinite(point.value()) ? BARS.charAt(bar) : '?');
    }
    return bars.toString();
  }

  private void values(Explanation one) {
    if (one.judgedMs() == 0) {
      line("values", String.format(Locale.ROOT, "%s: no evaluation yet", UNKNOWN));
      return;
    }
    line("values", String.format(Locale.ROOT, "at %s", time(one.judgedMs())));
    one.steps().forEach(this::value);
  }

  private void value(Step step) {
    String indent = "  ".repeat(step.depth());
    if (!step.problem().isEmpty()) {
      line(
          "",
          String.format(Locale.ROOT, "%s%s  fails: %s", indent, step.expression(), step.problem()));
      return;
    }
    String none = step.total() == 0 ? "  nothing" : "  " + step.total() + ", none of this alert";
    line(
        "",
        String.format(
            Locale.ROOT, "%s%s%s", indent, step.expression(), step.fitting() == 0 ? none : ""));
    for (Shown shown : step.shown()) {
      String samples = shown.samples() > 0 ? " (the last of " + shown.samples() + ")" : "";
      String labels = shown.labels().isEmpty() ? "" : shown.labels() + " ";
      line("", String.format(Locale.ROOT, "%s  = %s%s%s", indent, labels, shown.value(), samples));
    }
    int hidden = step.fitting() - step.shown().size();
    if (hidden > 0) {
      line("", String.format(Locale.ROOT, "%s  + %d more", indent, hidden));
    }
  }

  private void stages(Explanation one) {
    StageTimes times = one.stages();
    line("stages", String.format(Locale.ROOT, "sample    %s", stage(times.sampleNanos(), 0)));
    line(
        "",
        String.format(
            Locale.ROOT, "received  %s", stage(times.receivedNanos(), times.sampleNanos())));
    line(
        "",
        String.format(
            Locale.ROOT, "applied   %s", stage(times.appliedNanos(), times.receivedNanos())));
    line(
        "",
        String.format(
            Locale.ROOT, "decided   %s", stage(times.decidedNanos(), times.appliedNanos())));
    if (one.deliveries().isEmpty()) {
      line(
          "told",
          String.format(
              Locale.ROOT, "%s: no receiver has answered yet, or it was long ago", UNKNOWN));
    }
    for (DeliveryRecord record : one.deliveries()) {
      StageTimes own = record.times();
      String attempts = record.attempts() == 1 ? "" : " at attempt " + record.attempts();
      line(
          "told",
          String.format(
              Locale.ROOT,
              "%s %s: handed over %s, answered %s, %s%s%s",
              record.destination(),
              record.event().kind().name().toLowerCase(Locale.ROOT).replace('_', ' '),
              stage(own.handedNanos(), own.decidedNanos()),
              stage(own.answeredNanos(), own.handedNanos()),
              record.accepted() ? "accepted" : "refused: " + record.reason(),
              attempts,
              record.undurable() ? ", undurable" : ""));
    }
  }

  /// The time, and how long after the stage before.
  private static String stage(long nanos, long beforeNanos) {
    if (nanos == 0) {
      return UNKNOWN;
    }
    String after =
        beforeNanos == 0
            ? ""
            : String.format(Locale.ROOT, " (%+.3f ms)", (nanos - beforeNanos) / 1e6);
    return time(nanos / 1_000_000) + after;
  }

  private void line(String head, String text) {
    out.append(String.format(Locale.ROOT, "  %-8s", head)).append("  ");
    out.append(text.stripTrailing()).append('\n');
  }

  private static String time(long unixMs) {
    return JsonWriter.rfc3339(unixMs);
  }
}

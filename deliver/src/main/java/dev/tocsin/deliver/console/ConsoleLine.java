package dev.tocsin.deliver.console;

import dev.tocsin.deliver.destination.Notice;
import dev.tocsin.model.alert.AlertEvent;
import dev.tocsin.model.alert.StageTimes;
import dev.tocsin.model.json.JsonWriter;
import dev.tocsin.model.labels.Labels;
import dev.tocsin.model.text.GoFloat;
import dev.tocsin.model.text.PromDuration;
import java.util.List;

/// One alert as one line:
///
/// ```
/// 2026-11-24T10:00:00.25Z FIRING   HostHighCpu {instance="web-1"} CPU is at 97 % value=0.97 +12ms
/// ```
///
/// Labels everybody has (`alertname`, `job`) are left out; a line break in a text is a blank.
final class ConsoleLine {
  /// Characters of a line; a longer one is cut and says so.
  static final int LINE_CHARS_MAX = 1000;

  private static final List<String> COMMON = List.of("alertname", "job");

  private ConsoleLine() {}

  static String of(Notice notice) {
    AlertEvent event = notice.event();
    StringBuilder out = new StringBuilder(160);
    out.append(JsonWriter.rfc3339(event.isResolved() ? event.resolvedAtMs() : event.firedAtMs()));
    out.append(event.isResolved() ? " RESOLVED " : " FIRING   ").append(event.name());
    Labels shown = event.labels().without(COMMON);
    if (!shown.isEmpty()) {
      out.append(' ').append(shown);
    }
    String summary = event.annotations().get("summary");
    if (!summary.isEmpty()) {
      out.append(' ').append(summary);
    }
    if (event.isResolved()) {
      long firedMs = Math.max(0, event.resolvedAtMs() - event.firedAtMs());
      out.append(" after ").append(PromDuration.format(firedMs));
    } else {
      out.append(" value=").append(GoFloat.general(event.value()));
      out.append(afterSample(notice.times()));
    }
    return oneLine(out.toString());
  }

  private static String afterSample(StageTimes times) {
    if (times.sampleNanos() == 0 || times.handedNanos() == 0) {
      return "";
    }
    long ms = Math.max(0, (times.handedNanos() - times.sampleNanos()) / 1_000_000);
    return ms < 1000 ? " +" + ms + "ms" : " +" + PromDuration.format(ms);
  }

  /// Nothing that a sender put into a label may move the cursor of a terminal.
  private static String oneLine(String text) {
    StringBuilder out = new StringBuilder(text.length());
    text.codePoints().forEach(c -> out.appendCodePoint(Character.isISOControl(c) ? ' ' : c));
    return out.length() <= LINE_CHARS_MAX ? out.toString() : out.substring(0, LINE_CHARS_MAX) + "…";
  }
}

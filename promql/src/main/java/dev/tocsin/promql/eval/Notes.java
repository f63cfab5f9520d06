package dev.tocsin.promql.eval;

import dev.tocsin.model.labels.LabelNames;
import dev.tocsin.model.text.GoFloat;
import dev.tocsin.promql.ast.Span;
import java.math.BigDecimal;
import java.math.MathContext;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/// The warnings and infos of one evaluation: each text once.
final class Notes {
  /// Different texts kept of each kind; beyond it they are only counted.
  private static final int NOTES_MAX = 100;

  private final Texts warnings = new Texts("PromQL warning: ", "warning");
  private final Texts infos = new Texts("PromQL info: ", "info");
  private final Map<String, Lifted> lifted = new LinkedHashMap<>();
  private final Map<String, Overlaps> overlaps = new LinkedHashMap<>();

  void warn(String text, Span span) {
    warnings.add(text, span);
  }

  void inform(String text, Span span) {
    infos.add(text, span);
  }

  /// A histogram whose buckets had to be lifted; one text for all times.
  void lifted(String metric, Span span, long timeMs, double from, double to, double by) {
    String text =
        "input to histogram_quantile needed to be fixed for monotonicity (see"
            + " https://prometheus.io/docs/prometheus/latest/querying/functions/#histogram_quantile)"
            + forMetric(metric);
    Lifted known = lifted.get(text);
    if (known == null && lifted.size() == NOTES_MAX) {
      infos.omitted++;
      return;
    }
    Lifted now = new Lifted(span, timeMs, timeMs, from, to, by, 1);
    lifted.put(text, known == null ? now : known.with(now));
  }

  /// A sample that started before the one in front of it was taken; one text for all times.
  void overlapped(String metric, Span span) {
    String text =
        "sample has start time that overlaps with previous sample timestamp for metric "
            + quoted(metric);
    Overlaps known = overlaps.get(text);
    if (known == null && overlaps.size() == NOTES_MAX) {
      warnings.omitted++;
      return;
    }
    overlaps.put(text, new Overlaps(span, known == null ? 1 : known.count() + 1));
  }

  static String forMetric(String metric) {
    return metric.isEmpty() ? "" : " for metric name " + quoted(metric);
  }

  static String quoted(String text) {
    return LabelNames.quote(text);
  }

  List<String> warnings(Positions positions) {
    List<String> all = new ArrayList<>(warnings.list(positions));
    overlaps.forEach(
        (text, overlap) -> {
          String count = overlap.count() > 1 ? " (" + overlap.count() + " occurrences)" : "";
          String place = " (" + positions.of(overlap.span()) + ")";
          all.add(0, "PromQL warning: " + text + count + place);
        });
    return all;
  }

  List<String> infos(Positions positions) {
    List<String> all = new ArrayList<>(infos.list(positions));
    lifted.forEach((text, l) -> all.add(0, "PromQL info: " + text + l.describe(positions)));
    return all;
  }

  /// Turns an offset in the query into line and column.
  @FunctionalInterface
  interface Positions {
    String of(Span span);

    /// Line and column of the start, from 1; columns are bytes of UTF-8, as with Prometheus. In
    /// line 1, and in characters, where the text is not given.
    static String in(String text, Span span) {
      int start = Math.min(span.start(), text.length());
      int line = 1;
      int bytes = 0;
      for (int i = 0; i < start; i++) {
        char c = text.charAt(i);
        if (c == '\n') {
          line++;
          bytes = 0;
        } else {
          bytes += c < 0x80 ? 1 : c < 0x800 || Character.isSurrogate(c) ? 2 : 3;
        }
      }
      return line + ":" + (span.start() - start + bytes + 1);
    }
  }

  private static final class Texts {
    private final String prefix;
    private final String kind;
    private final Map<String, Span> spans = new LinkedHashMap<>();
    private int omitted;

    Texts(String prefix, String kind) {
      this.prefix = prefix;
      this.kind = kind;
    }

    void add(String text, Span span) {
      if (spans.size() < NOTES_MAX || spans.containsKey(text)) {
        spans.put(text, span);
      } else {
        omitted++;
      }
    }

    List<String> list(Positions positions) {
      if (spans.isEmpty() && omitted == 0) {
        return List.of();
      }
      List<String> list = new ArrayList<>();
      spans.forEach((text, span) -> list.add(prefix + text + " (" + positions.of(span) + ")"));
      if (omitted > 0) {
        list.add(omitted + " more " + kind + " annotations omitted");
      }
      return list;
    }
  }

  private record Overlaps(Span span, int count) {}

  private record Lifted(
      Span span, long firstMs, long lastMs, double from, double to, double by, int count) {
    Lifted with(Lifted other) {
      return new Lifted(
          other.span,
          Math.min(firstMs, other.firstMs),
          Math.max(lastMs, other.lastMs),
          Math.min(from, other.from),
          Math.max(to, other.to),
          Math.max(by, other.by),
          count + other.count);
    }

    String describe(Positions positions) {
      return String.format(
          Locale.ROOT,
          ", from buckets %s to %s, with a max diff of %s, over %d samples from %s to %s (%s)",
          GoFloat.general(from),
          GoFloat.general(to),
          rounded(by),
          count,
          Instant.ofEpochSecond(Math.floorDiv(firstMs, 1000L)),
          Instant.ofEpochSecond(Math.floorDiv(lastMs, 1000L)),
          positions.of(span));
    }

    /// Two digits, as Go's `%.2g`: with an exponent below 1e-4 and from 100 on.
    private static String rounded(double value) {
      if (Double.isNaN(value) || Double.isInfinite(value)) {
        return GoFloat.general(value);
      }
      double two = new BigDecimal(value).round(new MathContext(2)).doubleValue();
      return two < 100 ? GoFloat.general(two) : GoFloat.exponent(two);
    }
  }
}

package dev.tocsin.rules.lint;

import dev.tocsin.model.text.PromDuration;
import dev.tocsin.promql.ast.Expr;
import dev.tocsin.promql.ast.Expr.VectorSelector;
import java.util.Locale;
import java.util.OptionalLong;

/// What a rule reads when a sample of one of its series comes.
///
/// @param kind what has to be evaluated then
/// @param selectors how often series are selected
/// @param backMs how far back samples are kept for it; milliseconds
/// @param samplesPerSeries how many samples of a series are read, of all selectors together
record Cost(Kind kind, int selectors, long backMs, long samplesPerSeries) {
  /// From cheap to dear.
  enum Kind {
    /// The newest sample of the one series.
    POINT("point", "each sample re-evaluates its own series"),
    /// A window of the one series.
    WINDOW("window", "each sample re-evaluates the window of its own series"),
    /// All series of one part.
    PARTITION("partition", "each change re-evaluates the series with the same "),
    /// All series.
    WHOLE("whole", "each change re-evaluates all series"),
    /// No series at all.
    CONSTANT("constant", "reads no series");

    private final String word;
    private final String sentence;

    Kind(String word, String sentence) {
      this.word = word;
      this.sentence = sentence;
    }
  }

  static Cost of(Expr expr, Parts parts, LintOptions options) {
    Counting counting = new Counting(options);
    counting.visit(expr, 1, 0);
    Kind kind = kind(counting, parts);
    return new Cost(kind, counting.selectors, counting.backMs, counting.samples);
  }

  private static Kind kind(Counting counting, Parts parts) {
    if (counting.selectors == 0) {
      return Kind.CONSTANT;
    }
    if (parts.cause() != null) {
      return Kind.WHOLE;
    }
    if (counting.selectors > 1 || counting.groups) {
      return Kind.PARTITION;
    }
    return counting.windows ? Kind.WINDOW : Kind.POINT;
  }

  /// As a sentence.
  String shown(Parts parts, LintOptions options) {
    StringBuilder text = new StringBuilder("cost: ").append(kind.word);
    text.append("; ").append(kind.sentence);
    if (kind == Kind.CONSTANT) {
      return text.toString();
    }
    if (kind == Kind.PARTITION) {
      text.append(parts.labels().startsWith("all labels") ? "labels" : parts.labels());
    }
    text.append(
        String.format(
            Locale.ROOT,
            "; %d selector%s, %s back, %d sample%s a series",
            selectors,
            selectors == 1 ? "" : "s",
            PromDuration.format(backMs),
            samplesPerSeries,
            samplesPerSeries == 1 ? "" : "s"));
    if (kind == Kind.WHOLE) {
      text.append(
          String.format(
              Locale.ROOT,
              ": %,d samples with %,d series a selector",
              samplesPerSeries * options.seriesPerSelector(),
              options.seriesPerSelector()));
    }
    return text.toString();
  }

  /// Goes through the expression.
  private static final class Counting {
    private final LintOptions options;
    private int selectors;
    private long backMs;
    private long samples;
    private boolean windows;
    private boolean groups;

    Counting(LintOptions options) {
      this.options = options;
    }

    /// @param times how often a subquery around it evaluates it
    /// @param beforeMs how far back the subqueries around it look
    void visit(Expr expr, long times, long beforeMs) {
      switch (expr) {
        case VectorSelector _ -> read(times, beforeMs + options.lookbackMs(), 1);
        case Expr.MatrixSelector matrix -> {
          windows = true;
          long rangeMs = known(Ranges.ms(matrix.range()));
          long held = Math.max(1, rangeMs / options.scrapeIntervalMs());
          read(times, beforeMs + rangeMs, held);
        }
        case Expr.Subquery subquery -> {
          windows = true;
          long rangeMs = known(Ranges.ms(subquery.range()));
          long defaultMs = options.evaluationIntervalMs();
          long stepMs = subquery.step() == null ? defaultMs : known(Ranges.ms(subquery.step()));
          long steps = Math.max(1, rangeMs / Math.max(1, stepMs));
          visit(subquery.inner(), Math.min(times * steps, 1L << 31), beforeMs + rangeMs);
        }
        case Expr.Aggregate _ -> {
          groups = true;
          Pieces.children(expr).forEach(child -> visit(child, times, beforeMs));
        }
        case Expr.Call call -> {
          groups |= call.function().name().startsWith("histogram_");
          call.arguments().forEach(child -> visit(child, times, beforeMs));
        }
        case Expr.NumberLiteral _,
            Expr.StringLiteral _,
            Expr.Parens _,
            Expr.Unary _,
            Expr.Binary _ ->
            Pieces.children(expr).forEach(child -> visit(child, times, beforeMs));
      }
    }

    private static long known(OptionalLong ms) {
      return Math.max(0, ms.orElse(0));
    }

    private void read(long times, long reachMs, long held) {
      selectors++;
      backMs = Math.max(backMs, reachMs);
      samples += times * held;
    }
  }
}

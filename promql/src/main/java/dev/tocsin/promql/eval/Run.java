package dev.tocsin.promql.eval;

import dev.tocsin.promql.ast.Expr;
import dev.tocsin.promql.data.SeriesSource;
import dev.tocsin.promql.eval.EvalException.Kind;

/// What all nodes of one evaluation share: the data, the options, the query's own times, and the
/// count of samples held.
final class Run {
  /// How deep subqueries may be nested; beyond it the query fails.
  static final int SUBQUERIES_DEEP_MAX = 32;

  private final SeriesSource source;
  private final EvalOptions options;
  private final Timeline query;
  private final long stepMs;
  private final HistogramStats histogramStats;
  private final Notes notes = new Notes();
  private long held;

  /// @param stepMs the step of a range query; 0 for an instant query
  Run(SeriesSource source, EvalOptions options, Expr expr, Timeline query, long stepMs) {
    this.histogramStats = new HistogramStats(expr);
    this.source = source;
    this.options = options;
    this.query = query;
    this.stepMs = stepMs;
  }

  SeriesSource source() {
    return source;
  }

  EvalOptions options() {
    return options;
  }

  /// The times of the whole query, whatever subquery is being evaluated.
  Timeline query() {
    return query;
  }

  long stepMs() {
    return stepMs;
  }

  HistogramStats histogramStats() {
    return histogramStats;
  }

  Notes notes() {
    return notes;
  }

  /// Called at every step, and for every series of a window: ends the evaluation where nobody waits
  /// for it any more.
  void poll() {
    if (options.cancelled().getAsBoolean()) {
      throw new EvalException(Kind.CANCELED, "query was canceled in expression evaluation");
    }
  }

  /// Samples that stay until the end of the evaluation.
  void hold(long samples) {
    held += samples;
    use(0);
  }

  /// Samples that are needed at this step only.
  void use(long samples) {
    if (held + samples > options.samplesMax()) {
      throw new EvalException(
          Kind.LIMIT,
          "query processing would load too many samples into memory in query execution");
    }
  }
}

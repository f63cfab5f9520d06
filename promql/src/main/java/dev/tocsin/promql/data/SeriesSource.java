package dev.tocsin.promql.data;

import java.util.List;

/// Whoever has samples. Called on the evaluator's thread.
public interface SeriesSource {
  /// The series that every matcher accepts, in a stable order (creation), each with its samples in
  /// `[minTimeMs, maxTimeMs]`, both inclusive; a few more on either side do no harm. Stale markers
  /// are among the samples. What it returns stays unchanged while the evaluation runs.
  List<SeriesData> select(List<Matcher> matchers, long minTimeMs, long maxTimeMs);
}

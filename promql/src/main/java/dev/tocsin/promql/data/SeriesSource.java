package dev.tocsin.promql.data;

import java.util.List;
import java.util.function.Predicate;

/// Whoever has samples. Called on the evaluator's thread.
public interface SeriesSource {
  /// The series that every matcher accepts, in a stable order (creation), each with its samples in
  /// `[minTimeMs, maxTimeMs]`, both inclusive; a few more on either side do no harm. Stale markers
  /// are among the samples. What it returns stays unchanged while the evaluation runs.
  List<SeriesData> select(List<Matcher> matchers, long minTimeMs, long maxTimeMs);

  /// The same where of each series only the newest sample in `[minTimeMs, maxTimeMs]` counts: the
  /// others may be left out.
  default List<SeriesData> selectNewest(List<Matcher> matchers, long minTimeMs, long maxTimeMs) {
    return select(matchers, minTimeMs, maxTimeMs);
  }

  /// Visits what [#select] returns, in the same order, until the visitor has enough; what it is
  /// given is valid during the visit only. A source that keeps samples compressed gives one series
  /// at a time here, so that a query over many needs memory for one.
  default void forEach(
      List<Matcher> matchers, long minTimeMs, long maxTimeMs, Predicate<SeriesData> visitor) {
    for (SeriesData data : select(matchers, minTimeMs, maxTimeMs)) {
      if (!visitor.test(data)) {
        return;
      }
    }
  }
}

package dev.tocsin.promql.script;

import dev.tocsin.model.labels.Labels;
import dev.tocsin.promql.series.SeriesValue;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What an evaluation is expected to give.
///
/// @param ordered whether the elements of a vector must come in the order written
/// @param fails whether there must be no result but a failure
/// @param failures what its message must match, all of them
/// @param scalar null where no scalar is expected
/// @param string null where no string is expected
/// @param series by their labels
/// @param range the times of the values of a range vector that an instant query gives; null where
///   none is expected
record Expectation(
    boolean ordered,
    boolean fails,
    List<TextPattern> failures,
    Notes warnings,
    Notes infos,
    @Nullable Double scalar,
    @Nullable String string,
    Map<Labels, Series> series,
    Command.When.@Nullable Range range) {
  /// @param place among the lines written, from 0
  /// @param values one for each step
  record Series(int place, List<SeriesValue> values) {}

  /// Annotations of one kind.
  ///
  /// @param some whether there must be any
  /// @param none whether there must be none
  /// @param patterns where there are patterns, each must match an annotation, and each annotation
  ///   must match a pattern
  record Notes(boolean some, boolean none, List<TextPattern> patterns) {
    Notes {
      patterns = List.copyOf(patterns);
    }
  }
}

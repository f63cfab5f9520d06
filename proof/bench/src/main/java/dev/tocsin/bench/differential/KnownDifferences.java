package dev.tocsin.bench.differential;

import dev.tocsin.bench.differential.answer.Answer;
import dev.tocsin.bench.differential.answer.Question;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Where the peer's version answers otherwise than Prometheus 3.14, which Tocsin follows: what is
/// not asked, and what is not compared. The same list with reasons is in
/// docs/promql-differences.md.
final class KnownDifferences {
  /// Functions and operators that the peer does not have, or has with another meaning.
  static final Set<String> NOT_IN_PEER =
      Set.of(
          "first_over_time",
          "ts_of_first_over_time",
          "start",
          "end",
          "range",
          "step",
          "min_of",
          "max_of",
          "start_timestamp",
          "histogram_quantiles",
          "</",
          ">/");

  private KnownDifferences() {}

  /// The name of the known difference that explains this one, if any.
  static Optional<String> explanation(
      Question question, Answer peer, Answer tocsin, String difference) {
    return Optional.empty();
  }

  /// Tocsin's answer as the peer's version would word it.
  static Answer worded(Question question, Answer answer) {
    if (!(answer instanceof Answer.Success success)) {
      return answer;
    }
    List<String> warnings = success.warnings();
    if (question.isRange()) {
      warnings = warnings.stream().filter(w -> !w.contains("sort is ineffective")).toList();
    }
    return new Answer.Success(success.type(), success.series(), warnings, success.infos());
  }
}

package dev.tocsin.agent.config;

import dev.tocsin.model.input.RuleSet.RuleText;
import dev.tocsin.model.problem.Problem;
import dev.tocsin.model.problem.Problems;
import java.util.Optional;

/// What a rule source said when it was asked.
///
/// @param name of the source: a file, or an address
/// @param text its rules; empty where it did not answer, or what it said is wrong
/// @param problem why there is no text; empty where there is one
public record SourceText(String name, Optional<RuleText> text, String problem) {
  /// Rules that were checked.
  public static SourceText of(RuleText text, Problems problems) {
    if (problems.isEmpty()) {
      return new SourceText(text.name(), Optional.of(text), "");
    }
    int more = problems.count() - 1;
    String first = problems.list().stream().map(Problem::toString).findFirst().orElse("");
    String problem = more == 0 ? first : first + " (and " + more + " more)";
    return new SourceText(text.name(), Optional.empty(), problem);
  }
}

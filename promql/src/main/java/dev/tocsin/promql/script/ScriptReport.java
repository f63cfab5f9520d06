package dev.tocsin.promql.script;

import java.util.List;

/// How all cases of a script went, in their order.
public record ScriptReport(List<Outcome> outcomes) {
  public ScriptReport {
    outcomes = List.copyOf(outcomes);
  }

  /// Of one kind of verdict.
  public int count(Class<? extends Verdict> verdict) {
    int count = 0;
    for (Outcome outcome : outcomes) {
      count += verdict.isInstance(outcome.verdict()) ? 1 : 0;
    }
    return count;
  }

  public int failed() {
    return count(Verdict.Failed.class);
  }

  /// All others: what is refused or needs a flag, as it should be, counts too.
  public int passed() {
    return outcomes.size() - failed();
  }
}

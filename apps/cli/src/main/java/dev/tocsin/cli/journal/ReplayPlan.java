package dev.tocsin.cli.journal;

import dev.tocsin.model.input.RuleSet;
import dev.tocsin.model.input.RuleSet.RuleText;
import dev.tocsin.model.input.RuleSettings.Mode;
import java.util.List;
import java.util.Optional;

/// What is replayed.
///
/// @param rules instead of the recorded ones; empty: those
/// @param mode instead of the recorded one
/// @param fromMs of what happens before nothing is told, Unix milliseconds; what is recorded before
///   is replayed all the same, since windows and alerts are made of it
/// @param toMs nothing recorded later is read
public record ReplayPlan(List<RuleText> rules, Optional<Mode> mode, long fromMs, long toMs) {
  public ReplayPlan {
    rules = List.copyOf(rules);
  }

  /// Whether it runs what ran, so that the recorded ticks are all there is to run.
  boolean isAsRecorded() {
    return rules.isEmpty() && mode.isEmpty();
  }

  /// The rules to run where these ran; all that decides what they mean beside their text stays.
  RuleSet instead(RuleSet recorded) {
    RuleSet set =
        rules.isEmpty()
            ? recorded
            : new RuleSet(
                rules,
                recorded.externalLabels(),
                recorded.externalUrl(),
                recorded.evaluationIntervalMs(),
                recorded.queryOffsetMs(),
                recorded.settings());
    return mode.map(one -> set.with(set.settings().withMode(one))).orElse(set);
  }
}

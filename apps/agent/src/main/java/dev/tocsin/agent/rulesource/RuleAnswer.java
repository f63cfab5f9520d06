package dev.tocsin.agent.rulesource;

import dev.tocsin.model.input.RuleSet.RuleText;

/// What a source of rules said when it was asked.
public sealed interface RuleAnswer {
  /// Rules, not checked yet.
  record Given(RuleText text) implements RuleAnswer {}

  /// None. `reason` is for people and names no secret.
  record Failed(String reason) implements RuleAnswer {}
}

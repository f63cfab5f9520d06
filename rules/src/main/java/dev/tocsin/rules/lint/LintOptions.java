package dev.tocsin.rules.lint;

import dev.tocsin.rules.file.Rule;
import java.util.Set;
import java.util.function.Function;

/// What to look for, and what is known of the surroundings.
///
/// @param scrapeIntervalMs how often a series gets a sample; milliseconds
/// @param evaluationIntervalMs of groups that name none; milliseconds
/// @param lookbackMs how old the sample of an instant selector may be; milliseconds
/// @param seriesPerSelector how many series a selector is taken to select, for the cost
/// @param parts the engine's division of a rule's series into parts
public record LintOptions(
    Set<Check> checks,
    long scrapeIntervalMs,
    long evaluationIntervalMs,
    long lookbackMs,
    long seriesPerSelector,
    Function<Rule, Parts> parts) {
  public LintOptions {
    checks = Set.copyOf(checks);
    if (scrapeIntervalMs <= 0 || evaluationIntervalMs <= 0 || seriesPerSelector <= 0) {
      throw new IllegalArgumentException("intervals and series must be positive");
    }
  }
}

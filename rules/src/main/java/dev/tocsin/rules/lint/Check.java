package dev.tocsin.rules.lint;

import java.util.Arrays;
import java.util.Optional;

/// What the linter looks for.
public enum Check {
  /// The same name and labels twice in one file. The only one that promtool knows.
  DUPLICATE_RULES("duplicate-rules", Severity.WARNING),
  /// `for` shorter than the interval of evaluations or samples.
  SHORT_FOR("short-for", Severity.WARNING),
  /// A range that may hold too few samples for its function.
  SHORT_RANGE("short-range", Severity.WARNING),
  /// Matchers of one label that no value satisfies.
  CONTRADICTORY_MATCHERS("contradictory-matchers", Severity.WARNING),
  /// An operator whose sides never have the labels in common that it matches by.
  SIDES_NEVER_MEET("sides-never-meet", Severity.WARNING),
  /// A comparison that no value satisfies.
  IMPOSSIBLE_COMPARISON("impossible-comparison", Severity.WARNING),
  /// A quantile outside of 0 to 1.
  QUANTILE_RANGE("quantile-range", Severity.WARNING),
  /// A label that is overwritten.
  POINTLESS_LABEL("pointless-label", Severity.WARNING),
  /// A rule without a partition key.
  WHOLE_EVALUATION("whole-evaluation", Severity.INFO),
  /// What a rule reads, and when. Told of every rule, so only when asked for by name.
  COST("cost", Severity.INFO);

  private final String id;
  private final Severity severity;

  Check(String id, Severity severity) {
    this.id = id;
    this.severity = severity;
  }

  /// As users write it.
  public String id() {
    return id;
  }

  public Severity severity() {
    return severity;
  }

  public static Optional<Check> named(String id) {
    return Arrays.stream(values()).filter(check -> check.id.equals(id)).findFirst();
  }
}

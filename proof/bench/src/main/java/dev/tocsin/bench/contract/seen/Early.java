package dev.tocsin.bench.contract.seen;

import dev.tocsin.model.labels.Labels;

/// An alert that does not fire on the grid, and may be told as firing between two slots.
///
/// @param rule its number; reloads carry it on
/// @param expression of the rule, printed
/// @param value by canonical evaluation at this moment
/// @param activeAtMs since when it is pending on the grid, Unix milliseconds; this moment where it
///   is not
public record Early(
    Kind kind,
    String group,
    long rule,
    String expression,
    Labels labels,
    Labels annotations,
    double value,
    long activeAtMs) {
  /// Why it may.
  public enum Kind {
    /// The rule has no `for`, and its condition is true.
    ZERO_FOR,
    /// It is pending on the grid, for as long as `for` says, and its condition is true.
    FOR_PASSED
  }
}

package dev.tocsin.rules.lint;

import dev.tocsin.model.problem.Problem;

/// What the linter found.
///
/// @param rule `alert "A"` or `record "r"`
/// @param place where and what: as a mistake in the file would be told
public record Finding(Check check, String rule, Problem place) {
  public Severity severity() {
    return check.severity();
  }

  /// `file:line:column: warning: alert "A": message [check]` and, on a line of its own, the way
  /// out.
  @Override
  public String toString() {
    String hint = place.hint().isEmpty() ? "" : "\n    " + place.hint();
    return place.file()
        + ":"
        + place.line()
        + ":"
        + place.column()
        + ": "
        + severity().word()
        + ": "
        + rule
        + ": "
        + place.message()
        + " ["
        + check.id()
        + "]"
        + hint;
  }
}

package dev.tocsin.promql.script;

/// What came instead of what was expected.
///
/// @param variant which form of the query gave it; empty for the query as written
public record Mismatch(String variant, String expected, String actual) {
  Mismatch(String expected, String actual) {
    this("", expected, actual);
  }

  /// In that form of the query, unless a form is known already.
  Mismatch in(String form) {
    return variant.isEmpty() ? new Mismatch(form, expected, actual) : this;
  }
}

package dev.tocsin.promql.ast;

/// What an expression evaluates to.
public enum ValueType {
  SCALAR("scalar"),
  STRING("string"),
  VECTOR("instant vector"),
  MATRIX("range vector");

  private final String word;

  ValueType(String word) {
    this.word = word;
  }

  /// As error messages name it.
  public String word() {
    return word;
  }
}

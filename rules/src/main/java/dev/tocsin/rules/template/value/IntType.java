package dev.tocsin.rules.template.value;

/// The integer types a template can get hold of.
public enum IntType {
  INT("int"),
  INT64("int64"),
  /// A byte of a string.
  UINT8("uint8");

  private final String goName;

  IntType(String goName) {
    this.goName = goName;
  }

  public String goName() {
    return goName;
  }
}

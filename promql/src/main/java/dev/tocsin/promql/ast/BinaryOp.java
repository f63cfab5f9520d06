package dev.tocsin.promql.ast;

/// The binary operators, with their precedence (higher binds tighter).
public enum BinaryOp {
  OR("or", 1),
  AND("and", 2),
  UNLESS("unless", 2),
  EQ("==", 3),
  NE("!=", 3),
  LTE("<=", 3),
  LT("<", 3),
  GTE(">=", 3),
  GT(">", 3),
  TRIM_UPPER("</", 3),
  TRIM_LOWER(">/", 3),
  ADD("+", 4),
  SUB("-", 4),
  MUL("*", 5),
  DIV("/", 5),
  MOD("%", 5),
  ATAN2("atan2", 5),
  /// Binds to the right.
  POW("^", 6);

  private final String sign;
  private final int precedence;

  BinaryOp(String sign, int precedence) {
    this.sign = sign;
    this.precedence = precedence;
  }

  public String sign() {
    return sign;
  }

  public int precedence() {
    return precedence;
  }

  public boolean isSet() {
    return this == OR || this == AND || this == UNLESS;
  }

  public boolean isComparison() {
    return switch (this) {
      case EQ, NE, LTE, LT, GTE, GT -> true;
      default -> false;
    };
  }
}

package dev.tocsin.promql.eval;

import dev.tocsin.promql.ast.BinaryOp;
import dev.tocsin.promql.eval.number.GoMath;

/// The operators on two numbers.
public final class Arithmetic {
  private Arithmetic() {}

  /// Whether the result is no longer the metric of the left side.
  static boolean changesMetric(BinaryOp op) {
    return switch (op) {
      case ADD, SUB, MUL, DIV, MOD, POW, ATAN2 -> true;
      default -> false;
    };
  }

  static boolean isTrim(BinaryOp op) {
    return op == BinaryOp.TRIM_UPPER || op == BinaryOp.TRIM_LOWER;
  }

  /// Of an arithmetic operator.
  public static double apply(BinaryOp op, double left, double right) {
    return switch (op) {
      case ADD -> left + right;
      case SUB -> left - right;
      case MUL -> left * right;
      case DIV -> left / right;
      case MOD -> left % right;
      case POW -> GoMath.pow(left, right);
      case ATAN2 -> Math.atan2(left, right);
      default -> throw new IllegalArgumentException("no arithmetic operator: " + op);
    };
  }

  /// Of a comparison.
  public static boolean holds(BinaryOp op, double left, double right) {
    return switch (op) {
      case EQ -> left == right;
      case NE -> left != right;
      case LT -> left < right;
      case LTE -> left <= right;
      case GT -> left > right;
      case GTE -> left >= right;
      default -> throw new IllegalArgumentException("no comparison: " + op);
    };
  }

  /// Between two scalars, where a comparison gives 0 or 1.
  public static double scalar(BinaryOp op, double left, double right) {
    if (op.isComparison()) {
      return holds(op, left, right) ? 1 : 0;
    }
    return isTrim(op) ? Double.NaN : apply(op, left, right);
  }
}

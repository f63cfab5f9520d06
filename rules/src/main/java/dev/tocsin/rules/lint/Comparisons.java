package dev.tocsin.rules.lint;

import dev.tocsin.model.text.GoFloat;
import dev.tocsin.promql.ast.BinaryOp;
import dev.tocsin.promql.ast.Expr;
import dev.tocsin.promql.ast.Expr.VectorSelector;
import dev.tocsin.promql.ast.ValueType;
import dev.tocsin.promql.ast.VectorMatching;
import dev.tocsin.promql.print.Printer;
import java.util.HashMap;
import java.util.Map;

/// Finds comparisons that never hold: of a value that is always on the other side of the bound, as
/// `absent(x) > 1`, and of the same value with bounds that leave nothing, as `x > 5 and x < 3`.
final class Comparisons {
  private Comparisons() {}

  static void check(Expr expr, Report report) {
    if (!(expr instanceof Expr.Binary binary)) {
      return;
    }
    if (binary.op() == BinaryOp.AND) {
      both(binary, report);
    } else if (isFilter(binary)) {
      filter(binary, report);
    }
  }

  private static boolean isFilter(Expr.Binary binary) {
    VectorMatching matching = binary.matching();
    boolean fills = matching != null && Pieces.fills(matching);
    return binary.op().isComparison()
        && !binary.bool()
        && !fills
        && binary.type() == ValueType.VECTOR;
  }

  private static void filter(Expr.Binary binary, Report report) {
    Interval left = Values.of(binary.left());
    Interval right = Values.of(binary.right());
    if (left.isEmpty() || right.isEmpty()) {
      // Told where it comes from.
      return;
    }
    boolean isNaN = binary.op() != BinaryOp.NE && (left.isNaN() || right.isNaN());
    if (isNaN) {
      String hint = "to find NaN, compare a value with itself: x != x";
      report.add(
          Check.IMPOSSIBLE_COMPARISON, binary, "never true: nothing compares with NaN", hint);
    } else if (Values.kept(binary, binary.op(), left, right).isEmpty()) {
      boolean numberLeft = binary.left().type() == ValueType.SCALAR;
      Interval value = numberLeft ? right : left;
      String what = Printer.print(numberLeft ? binary.right() : binary.left());
      String message =
          "never true: " + what + " is " + shown(value) + " in " + Printer.print(binary);
      report.add(Check.IMPOSSIBLE_COMPARISON, binary, message, "correct the bound or the operator");
    }
  }

  private static String shown(Interval value) {
    if (value.low() == value.high()) {
      return "always " + number(value.low());
    }
    if (value.high() == Double.POSITIVE_INFINITY) {
      return "at least " + number(value.low());
    }
    return value.low() == Double.NEGATIVE_INFINITY
        ? "at most " + number(value.high())
        : "between " + number(value.low()) + " and " + number(value.high());
  }

  private static String number(double value) {
    return GoFloat.plain(value);
  }

  /// Only where each element meets itself: both sides are matched by all labels, and have one
  /// metric each.
  private static void both(Expr.Binary binary, Report report) {
    VectorMatching matching = binary.matching();
    if (matching == null || matching.on() || !matching.labels().isEmpty()) {
      return;
    }
    Map<String, Interval> left = bounds(binary.left());
    Map<String, Interval> right = bounds(binary.right());
    for (Map.Entry<String, Interval> bound : left.entrySet()) {
      Interval other = right.get(bound.getKey());
      if (other != null
          && !bound.getValue().isEmpty()
          && !other.isEmpty()
          && bound.getValue().intersect(other).isEmpty()) {
        String message =
            "never true: no value of " + bound.getKey() + " satisfies both sides of \"and\"";
        String hint = "for a value outside of both bounds write \"or\"";
        report.add(Check.IMPOSSIBLE_COMPARISON, binary, message, hint);
        return;
      }
    }
  }

  /// What is known of the elements that are in a result: by the text of an expression, the values
  /// it has for them.
  private static Map<String, Interval> bounds(Expr expr) {
    Map<String, Interval> bounds = new HashMap<>();
    Expr inner = Pieces.unwrapped(expr);
    if (!(inner instanceof Expr.Binary binary)) {
      return bounds;
    }
    VectorMatching matching = binary.matching();
    if (binary.op() == BinaryOp.AND
        && matching != null
        && !matching.on()
        && matching.labels().isEmpty()) {
      bounds.putAll(bounds(binary.left()));
      bounds(binary.right())
          .forEach((text, value) -> bounds.merge(text, value, Interval::intersect));
    } else if (isFilter(binary) && matching == null) {
      Expr vector = binary.left().type() == ValueType.SCALAR ? binary.right() : binary.left();
      bounds.putAll(bounds(vector));
      if (isOneMetric(vector)) {
        bounds.put(Printer.print(Pieces.unwrapped(vector)), Values.of(binary));
      }
    }
    return bounds;
  }

  private static boolean isOneMetric(Expr expr) {
    boolean[] one = {true};
    Pieces.forEach(
        expr,
        piece ->
            one[0] &= !(piece instanceof VectorSelector selector) || !selector.name().isEmpty());
    return one[0];
  }
}

package dev.tocsin.bench.fuzz.check;

import dev.tocsin.promql.ast.Expr;
import dev.tocsin.promql.data.Matcher;
import java.util.List;
import java.util.Set;

/// What is another query once it is printed, with Prometheus as with us, so that nothing can be
/// asked of it.
final class PrintLosses {
  private static final Set<String> ABSENT = Set.of("absent", "absent_over_time");

  private PrintLosses() {}

  static boolean in(Expr expr) {
    return Trees.anyMatch(expr, each -> isNegativeZero(each) || isOrderedAbsent(each));
  }

  /// `-0s` is printed `0s`.
  private static boolean isNegativeZero(Expr expr) {
    return expr instanceof Expr.NumberLiteral literal
        && literal.duration()
        && Double.doubleToRawLongBits(literal.value()) == Double.doubleToRawLongBits(-0.0);
  }

  /// Of two matchers for one label `absent` looks at the order, and printing sorts them.
  private static boolean isOrderedAbsent(Expr expr) {
    return expr instanceof Expr.Call call
        && ABSENT.contains(call.function().name())
        && Trees.anyMatch(call, PrintLosses::matchesTwice);
  }

  private static boolean matchesTwice(Expr expr) {
    return expr instanceof Expr.VectorSelector selector && matchesTwice(selector.matchers());
  }

  private static boolean matchesTwice(List<Matcher> matchers) {
    return matchers.stream().map(Matcher::name).distinct().count() < matchers.size();
  }
}

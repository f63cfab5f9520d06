package dev.tocsin.rules.lint;

import dev.tocsin.promql.ast.AggregateOp;
import dev.tocsin.promql.ast.Expr;
import dev.tocsin.promql.print.Printer;
import java.util.List;

/// Finds quantiles outside of 0 to 1: their result is an infinity, or NaN.
final class Quantiles {
  private Quantiles() {}

  static void check(Expr expr, Report report) {
    switch (expr) {
      case Expr.Aggregate aggregate when aggregate.op() == AggregateOp.QUANTILE -> {
        Expr parameter = aggregate.parameter();
        if (parameter != null) {
          quantile(parameter, report);
        }
      }
      case Expr.Call call -> {
        List<Expr> arguments = call.arguments();
        switch (call.function().name()) {
          case "histogram_quantile", "quantile_over_time" -> quantile(arguments.getFirst(), report);
          case "histogram_quantiles" ->
              arguments.subList(2, arguments.size()).forEach(each -> quantile(each, report));
          default -> {}
        }
      }
      case Expr.NumberLiteral _,
          Expr.StringLiteral _,
          Expr.Parens _,
          Expr.Unary _,
          Expr.Binary _,
          Expr.Aggregate _,
          Expr.VectorSelector _,
          Expr.MatrixSelector _,
          Expr.Subquery _ -> {}
    }
  }

  private static void quantile(Expr expr, Report report) {
    Interval value = Values.of(expr);
    if (value.isNaN() || value.low() > 1 || value.high() < 0) {
      String message =
          "the quantile "
              + Printer.print(expr)
              + " is not between 0 and 1: the result is no quantile";
      String hint = "write 0.95 for the 95th percentile";
      report.add(Check.QUANTILE_RANGE, expr, message, hint);
    }
  }
}

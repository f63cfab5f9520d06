package dev.tocsin.bench.fuzz.check;

import dev.tocsin.promql.ast.Expr;
import dev.tocsin.promql.value.Value;

/// What is checked: all that can be done with a query.
public interface Language {
  /// Throws [dev.tocsin.promql.parse.ParseException].
  Expr parse(String text);

  String print(Expr expr);

  /// Over several lines.
  String printPretty(Expr expr);

  /// Throws [dev.tocsin.promql.eval.EvalException].
  Value instant(Expr expr, Setting setting, long timeMs);

  /// Over the setting's range. Throws [dev.tocsin.promql.eval.EvalException].
  Value range(Expr expr, Setting setting);
}

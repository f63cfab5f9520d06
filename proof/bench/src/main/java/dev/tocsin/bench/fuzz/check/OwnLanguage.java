package dev.tocsin.bench.fuzz.check;

import dev.tocsin.promql.ast.Expr;
import dev.tocsin.promql.eval.Evaluator;
import dev.tocsin.promql.parse.ParseOptions;
import dev.tocsin.promql.parse.PromqlParser;
import dev.tocsin.promql.print.PrettyPrinter;
import dev.tocsin.promql.print.Printer;
import dev.tocsin.promql.value.Value;

/// The language as we ship it, with all that is experimental.
public record OwnLanguage() implements Language {
  @Override
  public Expr parse(String text) {
    return PromqlParser.parse(text, ParseOptions.ALL);
  }

  @Override
  public String print(Expr expr) {
    return Printer.print(expr);
  }

  @Override
  public String printPretty(Expr expr) {
    return PrettyPrinter.print(expr);
  }

  @Override
  public Value instant(Expr expr, Setting setting, long timeMs) {
    return new Evaluator(setting.data(), setting.options()).instant(expr, timeMs).value();
  }

  @Override
  public Value range(Expr expr, Setting setting) {
    return new Evaluator(setting.data(), setting.options())
        .range(expr, setting.startMs(), setting.endMs(), setting.stepMs())
        .value();
  }
}

package dev.tocsin.bench.fuzz;

import dev.tocsin.bench.fuzz.check.Language;
import dev.tocsin.bench.fuzz.check.OwnLanguage;
import dev.tocsin.bench.fuzz.check.Setting;
import dev.tocsin.promql.ast.Expr;
import dev.tocsin.promql.value.Value;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/// Our language with one part exchanged for a faulty one.
record FaultyLanguage(
    Function<String, Expr> parser,
    Function<Expr, String> printer,
    UnaryOperator<Expr> evaluated,
    UnaryOperator<Setting> ranged)
    implements Language {
  private static final OwnLanguage OWN = new OwnLanguage();

  static FaultyLanguage parsing(Function<String, Expr> parser) {
    return new FaultyLanguage(
        parser, OWN::print, UnaryOperator.identity(), UnaryOperator.identity());
  }

  static FaultyLanguage printing(Function<Expr, String> printer) {
    return new FaultyLanguage(
        OWN::parse, printer, UnaryOperator.identity(), UnaryOperator.identity());
  }

  /// @param evaluated what is evaluated instead of a query
  static FaultyLanguage evaluating(UnaryOperator<Expr> evaluated) {
    return new FaultyLanguage(OWN::parse, OWN::print, evaluated, UnaryOperator.identity());
  }

  /// @param ranged over what a range query really goes
  static FaultyLanguage ranging(UnaryOperator<Setting> ranged) {
    return new FaultyLanguage(OWN::parse, OWN::print, UnaryOperator.identity(), ranged);
  }

  @Override
  public Expr parse(String text) {
    return parser.apply(text);
  }

  @Override
  public String print(Expr expr) {
    return printer.apply(expr);
  }

  @Override
  public String printPretty(Expr expr) {
    return OWN.printPretty(expr);
  }

  @Override
  public Value instant(Expr expr, Setting setting, long timeMs) {
    return OWN.instant(evaluated.apply(expr), setting, timeMs);
  }

  @Override
  public Value range(Expr expr, Setting setting) {
    return OWN.range(evaluated.apply(expr), ranged.apply(setting));
  }
}

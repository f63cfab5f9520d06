package dev.tocsin.promql.print;

import dev.tocsin.promql.ast.Expr;
import java.util.IdentityHashMap;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Prints queries over several lines, as Prometheus's `format_query` does: what is longer than a
/// line is broken up, its pieces below each other and indented by their depth. Parsing it gives the
/// same tree, places aside. Source: promql/parser/prettier.go of Prometheus 3.14.
public final class PrettyPrinter {
  /// A piece longer than this in its canonical form is broken up.
  static final int LINE_BYTES_MAX = 100;

  /// Indentation can make a hostile query many times longer than it was; a result beyond this
  /// becomes the canonical form instead, on one line.
  public static final int LENGTH_MAX = 1 << 20;

  private static final String INDENT = "  ";

  private final IdentityHashMap<Expr, Boolean> shorts;
  private final StringBuilder out = new StringBuilder();
  private @Nullable Expr beforeArithmetic;

  private PrettyPrinter(IdentityHashMap<Expr, Boolean> shorts) {
    this.shorts = shorts;
  }

  public static String print(Expr expr) {
    return print(expr, LINE_BYTES_MAX);
  }

  static String print(Expr expr, int lineBytesMax) {
    PrettyPrinter printer = new PrettyPrinter(Printer.shortPieces(expr, lineBytesMax));
    printer.expr(expr, 0);
    return printer.isFull() ? Printer.print(expr) : printer.out.toString();
  }

  private boolean isFull() {
    return out.length() > LENGTH_MAX;
  }

  private void expr(Expr expr, int depth) {
    if (isFull()) {
      return;
    }
    boolean fits = shorts.getOrDefault(expr, false);
    switch (expr) {
      case Expr.Unary unary -> unary(unary, depth);
      // One that fits is not indented: so it is printed by Prometheus.
      case Expr.Subquery subquery when fits -> out.append(Printer.print(subquery));
      case Expr.Subquery subquery -> {
        expr(subquery.inner(), depth);
        out.append(Printer.tail(subquery));
      }
      case Expr.Binary binary when !fits -> binary(binary, depth);
      case Expr.Parens(var inner, var _) when !fits -> enclosed("", List.of(inner), depth);
      case Expr.Call call when !fits -> enclosed(call.function().name(), call.arguments(), depth);
      case Expr.Aggregate aggregate when !fits -> aggregate(aggregate, depth);
      default -> indent(depth).append(Printer.print(expr, beforeArithmetic));
    }
  }

  private StringBuilder indent(int depth) {
    return out.repeat(INDENT, depth);
  }

  /// The sign stands in front of what is printed at the same depth.
  private void unary(Expr.Unary unary, int depth) {
    int start = out.length();
    expr(unary.inner(), depth);
    int end = start;
    while (end < out.length() && out.charAt(end) == ' ') {
      end++;
    }
    out.replace(start, end, INDENT.repeat(depth) + (unary.minus() ? '-' : '+'));
  }

  private void binary(Expr.Binary binary, int depth) {
    Expr outer = beforeArithmetic;
    beforeArithmetic = Printer.beforeArithmetic(binary);
    expr(binary.left(), depth + 1);
    beforeArithmetic = outer;
    out.append('\n');
    indent(depth).append(Printer.sign(binary)).append('\n');
    expr(binary.right(), depth + 1);
  }

  private void aggregate(Expr.Aggregate aggregate, int depth) {
    Expr parameter = aggregate.parameter();
    List<Expr> arguments =
        parameter == null ? List.of(aggregate.inner()) : List.of(parameter, aggregate.inner());
    enclosed(Printer.head(aggregate), arguments, depth);
  }

  private void enclosed(String head, List<Expr> arguments, int depth) {
    indent(depth).append(head).append("(\n");
    for (int i = 0; i < arguments.size(); i++) {
      out.append(i == 0 ? "" : ",\n");
      expr(arguments.get(i), depth + 1);
    }
    out.append('\n');
    indent(depth).append(')');
  }
}

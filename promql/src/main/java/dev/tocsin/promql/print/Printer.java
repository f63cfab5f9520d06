package dev.tocsin.promql.print;

import dev.tocsin.model.labels.LabelNames;
import dev.tocsin.model.text.GoFloat;
import dev.tocsin.model.text.PromDuration;
import dev.tocsin.promql.ast.DurationExpr;
import dev.tocsin.promql.ast.Expr;
import dev.tocsin.promql.ast.TimeModifier;
import dev.tocsin.promql.ast.VectorMatching;
import dev.tocsin.promql.ast.VectorMatching.Cardinality;
import dev.tocsin.promql.data.Matcher;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;

/// Prints queries in the canonical form of Prometheus, on one line: what rules are shown as, and
/// what `generatorURL` and the page carry. Parsing it gives the same tree, places aside.
public final class Printer {
  private final StringBuilder out = new StringBuilder();

  /// Told of every piece printed; null where nobody asks.
  private final @Nullable Map<Expr, Boolean> shorts;

  private final int bytesMax;

  /// A piece right before an arithmetic operator.
  private @Nullable Expr beforeArithmetic;

  private Printer(@Nullable Map<Expr, Boolean> shorts, int bytesMax) {
    this.shorts = shorts;
    this.bytesMax = bytesMax;
  }

  private Printer() {
    this(null, 0);
  }

  public static String print(Expr expr) {
    Printer printer = new Printer();
    printer.expr(expr);
    return printer.out.toString();
  }

  /// A piece of a query, `beforeArithmetic` being as in [#beforeArithmetic].
  static String print(Expr expr, @Nullable Expr beforeArithmetic) {
    Printer printer = new Printer();
    printer.beforeArithmetic = beforeArithmetic;
    printer.expr(expr);
    return printer.out.toString();
  }

  public static String print(DurationExpr duration) {
    Printer printer = new Printer();
    printer.duration(duration);
    return printer.out.toString();
  }

  /// For each piece of an expression, whether it takes at most that many bytes of UTF-8.
  static IdentityHashMap<Expr, Boolean> shortPieces(Expr expr, int bytesMax) {
    IdentityHashMap<Expr, Boolean> shorts = new IdentityHashMap<>();
    new Printer(shorts, bytesMax).expr(expr);
    return shorts;
  }

  /// What stands in front of an aggregation's arguments.
  static String head(Expr.Aggregate aggregate) {
    Printer printer = new Printer();
    printer.operation(aggregate);
    return printer.out.toString();
  }

  /// The operator with all that belongs to it.
  static String sign(Expr.Binary binary) {
    Printer printer = new Printer();
    printer.operator(binary);
    return printer.out.toString();
  }

  /// What stands behind a subquery's expression.
  static String tail(Expr.Subquery subquery) {
    Printer printer = new Printer();
    printer.steps(subquery);
    return printer.out.toString();
  }

  private void expr(Expr expr) {
    int start = out.length();
    piece(expr);
    if (shorts != null) {
      shorts.put(expr, isShort(start));
    }
  }

  private boolean isShort(int start) {
    int chars = out.length() - start;
    // A character takes a byte at least.
    return chars <= bytesMax
        && out.substring(start).getBytes(StandardCharsets.UTF_8).length <= bytesMax;
  }

  private void piece(Expr expr) {
    switch (expr) {
      case Expr.NumberLiteral number -> number(number);
      case Expr.StringLiteral string -> out.append(quoted(string.value()));
      case Expr.Parens parens -> {
        out.append('(');
        expr(parens.inner());
        out.append(')');
      }
      case Expr.Unary unary -> {
        out.append(unary.minus() ? '-' : '+');
        expr(unary.inner());
      }
      case Expr.Binary binary -> binary(binary);
      case Expr.Aggregate aggregate -> aggregate(aggregate);
      case Expr.Call call -> call(call);
      case Expr.VectorSelector selector -> vector(selector);
      case Expr.MatrixSelector matrix -> matrix(matrix);
      case Expr.Subquery subquery -> subquery(subquery);
    }
  }

  private void number(Expr.NumberLiteral number) {
    boolean duration = number.duration() && Double.isFinite(number.value());
    out.append(
        duration
            ? PromDuration.format(Math.round(number.value() * 1000))
            : GoFloat.plain(number.value()));
  }

  private void binary(Expr.Binary binary) {
    Expr outer = beforeArithmetic;
    beforeArithmetic = beforeArithmetic(binary);
    expr(binary.left());
    beforeArithmetic = outer;
    out.append(' ');
    operator(binary);
    out.append(' ');
    expr(binary.right());
  }

  /// The piece right before the operator, where that could be taken for a duration's; else null.
  static @Nullable Expr beforeArithmetic(Expr.Binary binary) {
    return switch (binary.op()) {
      case ADD, SUB, MUL, DIV, MOD, POW -> lastOf(binary.left());
      default -> null;
    };
  }

  /// The piece that a text ends with.
  private static Expr lastOf(Expr expr) {
    return switch (expr) {
      case Expr.Unary unary -> lastOf(unary.inner());
      case Expr.Binary binary -> lastOf(binary.right());
      default -> expr;
    };
  }

  private void operator(Expr.Binary binary) {
    out.append(binary.op().sign());
    if (binary.bool()) {
      out.append(" bool");
    }
    VectorMatching matching = binary.matching();
    if (matching != null) {
      matching(matching);
    }
  }

  private void matching(VectorMatching matching) {
    Cardinality cardinality = matching.cardinality();
    boolean left = cardinality == Cardinality.MANY_TO_ONE;
    boolean grouped = left || cardinality == Cardinality.ONE_TO_MANY;
    if (!matching.labels().isEmpty() || matching.on() || grouped) {
      out.append(matching.on() ? " on (" : " ignoring (");
      labels(matching.labels());
      out.append(')');
    }
    if (grouped) {
      out.append(left ? " group_left (" : " group_right (");
      labels(matching.include());
      out.append(')');
    }
    OptionalDouble fillLeft = matching.fillLeft();
    OptionalDouble fillRight = matching.fillRight();
    boolean both = fillLeft.isPresent() && fillRight.isPresent();
    if (both && isSame(fillLeft.getAsDouble(), fillRight.getAsDouble())) {
      fill("fill", fillLeft);
    } else {
      fill("fill_left", fillLeft);
      fill("fill_right", fillRight);
    }
  }

  /// As Go compares: not a number is not the same as anything.
  private static boolean isSame(double a, double b) {
    return a == b;
  }

  private void fill(String word, OptionalDouble value) {
    if (value.isPresent()) {
      String number = GoFloat.general(value.getAsDouble());
      out.append(' ').append(word).append(" (").append(number).append(')');
    }
  }

  private void aggregate(Expr.Aggregate aggregate) {
    operation(aggregate);
    out.append('(');
    Expr parameter = aggregate.parameter();
    if (parameter != null) {
      expr(parameter);
      out.append(", ");
    }
    expr(aggregate.inner());
    out.append(')');
  }

  private void operation(Expr.Aggregate aggregate) {
    out.append(aggregate.op().word());
    if (aggregate.without() || !aggregate.grouping().isEmpty()) {
      out.append(aggregate.without() ? " without (" : " by (");
      labels(aggregate.grouping());
      out.append(") ");
    }
  }

  private void labels(List<String> labels) {
    for (int i = 0; i < labels.size(); i++) {
      String label = labels.get(i);
      out.append(i == 0 ? "" : ", ");
      out.append(LabelNames.isLegacyLabelName(label) ? label : quoted(label));
    }
  }

  private void call(Expr.Call call) {
    out.append(call.function().name()).append('(');
    List<Expr> arguments = call.arguments();
    for (int i = 0; i < arguments.size(); i++) {
      out.append(i == 0 ? "" : ", ");
      expr(arguments.get(i));
    }
    out.append(')');
  }

  private void vector(Expr.VectorSelector selector) {
    series(selector);
    // At the end, an offset in parentheses would take the operator that follows for its own.
    boolean offsetFirst = selector.equals(beforeArithmetic) && opens(selector.when().offset());
    if (offsetFirst) {
      offset(selector.when());
    }
    at(selector.when());
    window(selector.window());
    if (!offsetFirst) {
      offset(selector.when());
    }
  }

  private static boolean opens(@Nullable DurationExpr offset) {
    return offset instanceof DurationExpr.Grouped || offset instanceof DurationExpr.Arithmetic;
  }

  private void matrix(Expr.MatrixSelector matrix) {
    Expr.VectorSelector vector = matrix.vector();
    series(vector);
    out.append('[');
    duration(matrix.range());
    out.append(']');
    window(vector.window());
    at(vector.when());
    offset(vector.when());
  }

  private void subquery(Expr.Subquery subquery) {
    expr(subquery.inner());
    steps(subquery);
  }

  private void steps(Expr.Subquery subquery) {
    out.append('[');
    duration(subquery.range());
    out.append(':');
    DurationExpr step = subquery.step();
    if (step != null) {
      duration(step);
    }
    out.append(']');
    at(subquery.when());
    offset(subquery.when());
  }

  /// The name and the matchers, sorted by their text; the matcher that repeats the name is left
  /// out.
  private void series(Expr.VectorSelector selector) {
    List<String> shown = new ArrayList<>();
    for (Matcher matcher : selector.matchers()) {
      boolean own =
          matcher.kind() == Matcher.Kind.EQUAL
              && matcher.name().equals("__name__")
              && matcher.value().equals(selector.name())
              && !selector.name().isEmpty();
      if (!own) {
        shown.add(escaped(matcher.toString()));
      }
    }
    out.append(selector.name());
    if (!shown.isEmpty()) {
      shown.sort((a, b) -> Arrays.compare(codePoints(a), codePoints(b)));
      out.append('{').append(String.join(",", shown)).append('}');
    }
  }

  private static String quoted(String text) {
    return escaped(LabelNames.quote(text));
  }

  /// The parser takes a replacement character for the trace of broken UTF-8, unless it is escaped.
  private static String escaped(String quoted) {
    return quoted.replace("\ufffd", "\\ufffd");
  }

  /// Their order is that of the bytes of UTF-8.
  private static int[] codePoints(String text) {
    return text.codePoints().toArray();
  }

  private void window(Expr.WindowMode window) {
    switch (window) {
      case PLAIN -> {}
      case ANCHORED -> out.append(" anchored");
      case SMOOTHED -> out.append(" smoothed");
    }
  }

  private void at(TimeModifier when) {
    switch (when.at()) {
      case null -> {}
      case TimeModifier.At.Start _ -> out.append(" @ start()");
      case TimeModifier.At.End _ -> out.append(" @ end()");
      case TimeModifier.At.Time(long ms) ->
          out.append(" @ ")
              .append(
                  new BigDecimal(ms / 1000.0).setScale(3, RoundingMode.HALF_EVEN).toPlainString());
    }
  }

  private void offset(TimeModifier when) {
    DurationExpr offset = when.offset();
    if (offset != null) {
      out.append(" offset ");
      // Arithmetic after two signs; without them only its first operand would be the offset.
      boolean bare = offset instanceof DurationExpr.Arithmetic arithmetic && !isGrouped(arithmetic);
      out.append(bare ? "(" : "");
      duration(offset);
      out.append(bare ? ")" : "");
    }
  }

  private static boolean isGrouped(DurationExpr duration) {
    return switch (duration) {
      case DurationExpr.Grouped _ -> true;
      case DurationExpr.Arithmetic arithmetic -> isGrouped(arithmetic.left());
      default -> false;
    };
  }

  private void duration(DurationExpr duration) {
    switch (duration) {
      case DurationExpr.Literal(long ms) -> out.append(PromDuration.format(ms));
      case DurationExpr.Constant(double value) -> out.append(GoFloat.plain(value));
      case DurationExpr.Negated(var inner) -> {
        out.append('-');
        duration(inner);
      }
      case DurationExpr.Grouped(var inner) -> {
        out.append('(');
        duration(inner);
        out.append(')');
      }
      case DurationExpr.Arithmetic(var op, var left, var right) -> {
        duration(left);
        out.append(' ').append(op.sign()).append(' ');
        duration(right);
      }
      case DurationExpr.Step() -> out.append("step()");
      case DurationExpr.Range() -> out.append("range()");
      case DurationExpr.Choice(boolean max, var left, var right) -> {
        out.append(max ? "max_of(" : "min_of(");
        duration(left);
        out.append(", ");
        duration(right);
        out.append(')');
      }
    }
  }
}

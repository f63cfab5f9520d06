package dev.tocsin.agent.explain;

import dev.tocsin.agent.explain.Explanation.Shown;
import dev.tocsin.agent.explain.Explanation.Step;
import dev.tocsin.model.labels.Labels;
import dev.tocsin.model.text.GoFloat;
import dev.tocsin.promql.ast.BinaryOp;
import dev.tocsin.promql.ast.Expr;
import dev.tocsin.promql.data.Matcher;
import dev.tocsin.promql.eval.EvalException;
import dev.tocsin.promql.print.Printer;
import dev.tocsin.promql.value.Value;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.function.Function;

/// Evaluates the parts of an expression, and keeps what belongs to one alert.
final class Intermediate {
  /// Sub-expressions of one alert, the outermost first; further ones are left out.
  static final int STEPS_MAX = 20;

  /// Elements shown of one.
  static final int SHOWN_MAX = 3;

  /// Characters shown of one.
  static final int TEXT_MAX = 160;

  private final Function<Expr, Value> evaluator;
  private final Labels alert;
  private final Set<String> ownLabels;
  private final List<Step> steps = new ArrayList<>();
  private final List<List<Matcher>> selectors = new ArrayList<>();

  /// @param evaluator at the time the alert was judged; throws [EvalException]
  /// @param alert its labels
  /// @param ownLabels names that the rule sets: they say nothing about the element
  Intermediate(Function<Expr, Value> evaluator, Labels alert, Set<String> ownLabels) {
    this.evaluator = evaluator;
    this.alert = alert;
    this.ownLabels = ownLabels;
  }

  List<Step> of(Expr expr) {
    visit(expr, 0);
    return steps;
  }

  /// The selectors that [#of] came by.
  List<List<Matcher>> selectors() {
    return selectors;
  }

  private void visit(Expr expr, int depth) {
    if (steps.size() >= STEPS_MAX) {
      return;
    }
    switch (expr) {
      case Expr.NumberLiteral _, Expr.StringLiteral _ -> {}
      case Expr.Parens(Expr inner, _) -> visit(inner, depth);
      case Expr.Unary(_, Expr inner, _) -> {
        if (!(inner instanceof Expr.NumberLiteral)) {
          add(expr, depth);
          visit(inner, depth + 1);
        }
      }
      case Expr.Binary binary -> {
        add(expr, depth);
        visit(binary.left(), depth + 1);
        visit(binary.right(), depth + 1);
      }
      case Expr.Aggregate aggregate -> {
        add(expr, depth);
        if (aggregate.parameter() != null) {
          visit(aggregate.parameter(), depth + 1);
        }
        visit(aggregate.inner(), depth + 1);
      }
      case Expr.Call call -> {
        add(expr, depth);
        call.arguments().forEach(argument -> visit(argument, depth + 1));
      }
      // What is inside of a subquery has no one time.
      case Expr.Subquery _ -> add(expr, depth);
      case Expr.MatrixSelector matrix -> {
        add(expr, depth);
        selectors.add(matrix.vector().matchers());
      }
      case Expr.VectorSelector selector -> {
        add(expr, depth);
        selectors.add(selector.matchers());
      }
    }
  }

  private void add(Expr expr, int depth) {
    String text = Printer.print(expr);
    String shown = text.length() > TEXT_MAX ? text.substring(0, TEXT_MAX) + "..." : text;
    try {
      steps.add(step(depth, shown, evaluator.apply(expr)));
    } catch (EvalException e) {
      switch (e.kind()) {
        case CANCELED, TIMEOUT -> throw e;
        case EXECUTION, LIMIT ->
            steps.add(new Step(depth, shown, List.of(), 0, 0, String.valueOf(e.getMessage())));
      }
    }
  }

  private Step step(int depth, String text, Value value) {
    List<Shown> all =
        switch (value) {
          case Value.Scalar scalar ->
              List.of(new Shown(Labels.empty(), GoFloat.plain(scalar.value()), 0));
          case Value.Text string -> List.of(new Shown(Labels.empty(), string.value(), 0));
          case Value.Vector vector ->
              vector.elements().stream()
                  .filter(one -> fits(one.labels()))
                  .map(this::shown)
                  .toList();
          case Value.Matrix matrix ->
              matrix.rows().stream().filter(one -> fits(one.labels())).map(this::shown).toList();
        };
    int total =
        switch (value) {
          case Value.Vector(List<Value.Element> elements) -> elements.size();
          case Value.Matrix(List<Value.Row> rows) -> rows.size();
          case Value.Scalar _, Value.Text _ -> 1;
        };
    List<Shown> some =
        all.stream().sorted(Comparator.comparing(Shown::labels)).limit(SHOWN_MAX).toList();
    return new Step(depth, text, some, all.size(), total, "");
  }

  private Shown shown(Value.Element element) {
    var histogram = element.histogram();
    String text = histogram == null ? GoFloat.plain(element.value()) : histogram.toString();
    return new Shown(element.labels(), cut(text), 0);
  }

  private Shown shown(Value.Row row) {
    int last = row.values().length - 1;
    var histograms = row.histograms();
    var histogram = histograms == null ? null : histograms[last];
    String text = histogram == null ? GoFloat.plain(row.values()[last]) : histogram.toString();
    return new Shown(row.labels(), cut(text), row.values().length);
  }

  private static String cut(String text) {
    return text.length() > TEXT_MAX ? text.substring(0, TEXT_MAX) + "..." : text;
  }

  /// No label has another value than the alert's.
  boolean fits(Labels element) {
    for (int i = 0; i < alert.size(); i++) {
      String name = alert.name(i);
      String value = element.get(name);
      if (!value.isEmpty() && !value.equals(alert.value(i)) && !ownLabels.contains(name)) {
        return false;
      }
    }
    return true;
  }

  /// What the outermost comparison with a number compares with, as `> 30`; empty where there is
  /// none.
  static String threshold(Expr expr) {
    return switch (expr) {
      case Expr.Parens(Expr inner, _) -> threshold(inner);
      case Expr.Binary binary when binary.op().isComparison() -> {
        String right = number(binary.right());
        String left = number(binary.left());
        if (!right.isEmpty()) {
          yield binary.op().sign() + " " + right;
        }
        yield left.isEmpty() ? "" : turned(binary.op()) + " " + left;
      }
      case Expr.Binary binary when binary.op().isSet() -> threshold(binary.left());
      case Expr.Binary _,
          Expr.NumberLiteral _,
          Expr.StringLiteral _,
          Expr.Unary _,
          Expr.Aggregate _,
          Expr.Call _,
          Expr.VectorSelector _,
          Expr.MatrixSelector _,
          Expr.Subquery _ ->
          "";
    };
  }

  private static String number(Expr expr) {
    return switch (expr) {
      case Expr.NumberLiteral literal -> GoFloat.plain(literal.value());
      case Expr.Unary(boolean minus, Expr.NumberLiteral literal, _) ->
          GoFloat.plain(minus ? -literal.value() : literal.value());
      case Expr.Parens(Expr inner, _) -> number(inner);
      case Expr.Unary _,
          Expr.StringLiteral _,
          Expr.Binary _,
          Expr.Aggregate _,
          Expr.Call _,
          Expr.VectorSelector _,
          Expr.MatrixSelector _,
          Expr.Subquery _ ->
          "";
    };
  }

  /// The sign of the same comparison with its sides changed.
  private static String turned(BinaryOp op) {
    return switch (op.sign()) {
      case ">" -> "<";
      case "<" -> ">";
      case ">=" -> "<=";
      case "<=" -> ">=";
      default -> op.sign();
    };
  }
}

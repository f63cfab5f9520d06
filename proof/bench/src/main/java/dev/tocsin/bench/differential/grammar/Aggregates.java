package dev.tocsin.bench.differential.grammar;

import dev.tocsin.promql.ast.AggregateOp;
import java.util.List;

/// Aggregations, grouped in every way.
final class Aggregates {
  private final Expressions all;
  private final Dice dice;

  Aggregates(Expressions all, Dice dice) {
    this.all = all;
    this.dice = dice;
  }

  Draft aggregate(AggregateOp op, int depth) {
    Draft vector = all.vector(depth - 1);
    return switch (op) {
      // The value becomes text, to its last digit.
      case COUNT_VALUES -> over(op, dice.percent(50) ? rounded(vector) : read(), depth);
      case LIMIT_RATIO -> parts(vector);
      // Which ones it takes depends on their order, which is that of a Go map for most vectors.
      case LIMITK ->
          dice.percent(50)
              ? Draft.vector("count(" + over(op, vector, depth).text() + ")", List.of())
              : over(op, read(), depth);
      default -> over(op, vector, depth);
    };
  }

  private Draft read() {
    return all.selectors.vector(all.selectors.anyFamily());
  }

  private static Draft rounded(Draft vector) {
    return Draft.vector("round(clamp(" + vector.text() + ", -1e6, 1e6), 0.125)", vector.labels());
  }

  /// A part and its rest: which series are in a part depends on how the peer was built.
  private Draft parts(Draft vector) {
    String ratio = dice.of("0.5", "0.1", "0.9");
    String inner = vector.text();
    double rest = Math.round((1 - Double.parseDouble(ratio)) * 10) / 10.0;
    String text =
        "limit_ratio(" + ratio + ", " + inner + ") or limit_ratio(-" + rest + ", " + inner + ")";
    return Draft.vector(text, vector.labels()).asLoose();
  }

  Draft over(AggregateOp op, Draft vector, int depth) {
    String parameter = parameter(op, depth);
    boolean without = dice.percent(35);
    List<String> grouping = List.of();
    String clause = "";
    if (without || dice.percent(60)) {
      grouping = vector.labels().isEmpty() ? List.of() : dice.some(vector.labels());
      if (dice.percent(6)) {
        grouping = List.of("absent_label");
      }
      clause = (without ? "without" : "by") + " (" + String.join(", ", grouping) + ")";
    }
    List<String> labels =
        switch (op) {
          case TOPK, BOTTOMK, LIMITK, LIMIT_RATIO -> vector.labels();
          default -> kept(vector, grouping, without);
        };
    if (op == AggregateOp.COUNT_VALUES) {
      labels = Draft.vector("", labels).labelsWith("value");
    }
    String arguments = "(" + parameter + vector.text() + ")";
    boolean behind = !clause.isEmpty() && dice.percent(30);
    String text =
        behind
            ? op.word() + arguments + " " + clause
            : op.word() + (clause.isEmpty() ? "" : " " + clause + " ") + arguments;
    return Draft.vector(text, labels);
  }

  private static List<String> kept(Draft vector, List<String> grouping, boolean without) {
    return without
        ? vector.labelsWithout(grouping)
        : vector.labels().stream().filter(grouping::contains).toList();
  }

  private String parameter(AggregateOp op, int depth) {
    return switch (op) {
      case TOPK, BOTTOMK, LIMITK ->
          dice.percent(85) ? dice.of("1, ", "2, ", "3, ", "5, ") : all.count(depth) + ", ";
      case QUANTILE -> all.fraction(depth) + ", ";
      case COUNT_VALUES -> dice.percent(90) ? "\"value\", " : "\"job\", ";
      case LIMIT_RATIO -> dice.of("0.5, ", "-0.5, ", "0.1, ", "-0.9, ", "1.5, ", "0, ");
      case SUM, AVG, COUNT, MIN, MAX, GROUP, STDDEV, STDVAR -> "";
    };
  }

  /// One element, if any: what scalar() takes.
  Draft single(int depth) {
    return Draft.vector(
        dice.of("sum", "max", "min", "avg", "count") + "(" + all.vector(depth - 1).text() + ")",
        List.of());
  }
}

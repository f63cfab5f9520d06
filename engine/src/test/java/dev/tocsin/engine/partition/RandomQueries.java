package dev.tocsin.engine.partition;

import dev.tocsin.promql.ast.AggregateOp;
import dev.tocsin.promql.ast.BinaryOp;
import dev.tocsin.promql.ast.Function;
import dev.tocsin.promql.ast.ValueType;
import dev.tocsin.promql.parse.Functions;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;

/// Queries of the whole language over the series of [RandomSeries], as text; nearly all of them are
/// valid. Labels are chosen so that keys are often not empty and sides often meet.
final class RandomQueries {
  private static final List<String> SELECTORS =
      List.of(
          "m",
          "m",
          "n",
          "o_total",
          "m{a=\"1\"}",
          "m{a!=\"\"}",
          "{__name__=~\"m|n\",b=\"1\"}",
          "{__name__=~\"m|n\"}",
          "nh",
          "h_bucket",
          "target_info");
  private static final List<String> LABELS =
      List.of("a", "a", "b", "b", "instance", "job", "le", "new", "__name__", "__type__");
  private static final List<String> PARTNERS =
      List.of(
          "vector(1)",
          "vector(time())",
          "hour()",
          "label_replace(vector(2),\"a\",\"1\",\"\",\"\")");

  private final RandomGenerator random;

  RandomQueries(RandomGenerator random) {
    this.random = random;
  }

  private <T> T of(List<T> choices) {
    return choices.get(random.nextInt(choices.size()));
  }

  private boolean oneIn(int count) {
    return random.nextInt(count) == 0;
  }

  String vector(int depth) {
    if (depth <= 0) {
      return oneIn(14) ? of(PARTNERS) : of(SELECTORS) + when();
    }
    return switch (random.nextInt(12)) {
      case 0 -> vector(0);
      case 1 -> "-" + "(" + vector(depth - 1) + ")";
      case 2, 3 -> aggregate(depth);
      case 4 -> "(" + vector(depth - 1) + ")" + operator(false) + scalar(depth - 1);
      case 5, 6, 7, 8 -> binary(depth);
      default -> call(of(functions(ValueType.VECTOR)), depth);
    };
  }

  private static List<Function> functions(ValueType type) {
    return Functions.list().stream().filter(function -> function.returns() == type).toList();
  }

  private String when() {
    return switch (random.nextInt(16)) {
      case 0 -> " offset 1m";
      case 1 -> " @ 240";
      case 2 -> " offset -30s";
      case 3 -> " @ end()";
      default -> "";
    };
  }

  private String matrix(int depth) {
    if (depth > 0 && oneIn(3)) {
      return "(" + vector(depth - 1) + ")[2m:30s]" + when();
    }
    String mode = oneIn(12) ? of(List.of(" anchored", " smoothed")) : "";
    return of(SELECTORS) + "[" + of(List.of("1m", "2m", "5m")) + "]" + mode + when();
  }

  private String scalar(int depth) {
    if (depth > 0 && oneIn(7)) {
      return "scalar(" + vector(depth - 1) + ")";
    }
    return of(List.of("0", "1", "2", "0.5", "-1", "time()", "pi()", "max_of(1, 3)"));
  }

  private String operator(boolean sets) {
    List<BinaryOp> all = new ArrayList<>(List.of(BinaryOp.values()));
    all.removeIf(op -> op.isSet() != sets);
    BinaryOp op = of(all);
    return " " + op.sign() + (op.isComparison() && oneIn(2) ? " bool " : " ");
  }

  private String binary(int depth) {
    boolean set = oneIn(2);
    StringBuilder operator = new StringBuilder(operator(set));
    if (!oneIn(3)) {
      operator.append(oneIn(3) ? "ignoring" : "on").append(labels());
      if (!set && oneIn(2)) {
        operator.append(oneIn(2) ? " group_left" : " group_right");
        operator.append(oneIn(2) ? "" : labels());
      }
    }
    if (!set && oneIn(5)) {
      operator.append(of(List.of(" fill(0)", " fill_left(1)", " fill_right(2)")));
    }
    String left = operand(depth);
    String right = operand(depth);
    return "(" + left + ")" + operator + " (" + right + ")";
  }

  /// Often an aggregation, which meets others more often than a selector does.
  private String operand(int depth) {
    return oneIn(3)
        ? of(List.of("sum", "max", "count")) + " by" + labels() + " (" + vector(0) + ")"
        : oneIn(8) ? of(PARTNERS) : vector(depth - 1);
  }

  private String labels() {
    List<String> labels = new ArrayList<>();
    for (int i = random.nextInt(4); i > 0; i--) {
      labels.add(of(LABELS));
    }
    return "(" + String.join(", ", labels) + ")";
  }

  private String aggregate(int depth) {
    AggregateOp op = of(List.of(AggregateOp.values()));
    ValueType type = op.parameter();
    String parameter = "";
    if (type == ValueType.STRING) {
      parameter = "\"" + of(LABELS) + "\", ";
    } else if (type != null) {
      parameter = scalar(depth - 1) + ", ";
    }
    String grouping = oneIn(8) ? "" : (oneIn(2) ? " by " : " without ") + labels();
    return op.word() + grouping + "(" + parameter + vector(depth - 1) + ")";
  }

  private String call(Function function, int depth) {
    String name = function.name();
    List<String> arguments = new ArrayList<>();
    int given = function.arguments().size();
    if (function.variadic() != 0 && oneIn(2) && !name.startsWith("label_join")) {
      given -= oneIn(2) || given == 1 ? 1 : 0;
    }
    if (name.equals("histogram_quantiles")) {
      given = 4;
    }
    for (int i = 0; i < given; i++) {
      int last = function.arguments().size() - 1;
      arguments.add(argument(name, function.arguments().get(Math.min(i, last)), i, depth));
    }
    return name + "(" + String.join(", ", arguments) + ")";
  }

  private String argument(String name, ValueType type, int index, int depth) {
    if (name.equals("info") && index == 1) {
      return of(List.of("{a=\"1\"}", "{b=~\".+\"}", "{__name__=\"n\"}"));
    }
    boolean buckets = name.startsWith("histogram_") && oneIn(2);
    return switch (type) {
      case SCALAR -> scalar(depth - 1);
      case VECTOR -> buckets ? of(List.of("h_bucket", "rate(h_bucket[2m])")) : vector(depth - 1);
      case MATRIX -> matrix(depth);
      case STRING -> text(name, index);
    };
  }

  private String text(String name, int index) {
    boolean replacement = name.equals("label_replace") && index == 2;
    boolean regex = name.equals("label_replace") && index == 4;
    boolean separator = name.equals("label_join") && index == 2;
    if (replacement) {
      return of(List.of("\"$1\"", "\"1\"", "\"\"", "\"x$1\""));
    }
    if (regex) {
      return of(List.of("\"(.*)\"", "\"(1)\"", "\".+\""));
    }
    return separator ? "\"-\"" : "\"" + of(LABELS) + "\"";
  }
}

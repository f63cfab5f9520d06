package dev.tocsin.engine.incremental;

import java.util.random.RandomGenerator;

/// Random conditions over the part of the language that has nodes. The metrics are those of
/// [Weather].
final class Shapes {
  private static final String[] WINDOW_FUNCTIONS = {
    "rate", "rate", "rate", "increase", "increase", "delta", "irate", "idelta", "resets", "changes",
    "count_over_time", "present_over_time", "first_over_time", "last_over_time", "min_over_time",
    "max_over_time", "sum_over_time", "avg_over_time", "stddev_over_time", "stdvar_over_time", "deriv",
    "absent_over_time", "ts_of_max_over_time", "mad_over_time"
  };
  private static final String[] ELEMENT_FUNCTIONS = {
    "abs", "ceil", "floor", "exp", "ln", "log2", "log10", "sqrt", "sgn", "sin", "cos", "tan", "asin",
    "acos", "atan", "sinh", "cosh", "tanh", "asinh", "acosh", "atanh", "rad", "deg", "minute", "hour",
    "day_of_week", "day_of_month", "day_of_year", "days_in_month", "month", "year", "-", "sort",
    "sort_desc", "timestamp", "absent", "round"
  };
  private static final String[] ARITHMETIC = {"+", "-", "*", "/", "%", "^", "atan2"};
  private static final String[] COMPARISONS = {"==", "!=", "<", "<=", ">", ">="};
  private static final String[] AGGREGATIONS = {
    "sum", "sum", "sum", "avg", "count", "min", "max", "group", "stddev", "stdvar"
  };

  private final RandomGenerator random;

  Shapes(RandomGenerator random) {
    this.random = random;
  }

  private String one(String... choices) {
    return choices[random.nextInt(choices.length)];
  }

  String condition() {
    return switch (random.nextInt(10)) {
      case 0 -> vector(3);
      case 1 -> vector(2) + one(" and ", " unless ", " or ") + matching() + condition();
      case 2 -> "(" + vector(2) + one(COMPARISONS) + matching() + vector(2) + ")";
      default -> vector(3) + " " + one(COMPARISONS) + " " + number();
    };
  }

  private String number() {
    return switch (random.nextInt(8)) {
      case 0 -> "0";
      case 1 -> "time()";
      case 2 -> one("1", "2", "3", "0.2", "0.1", "100", "1e6", "-1", "0.5", "6.8", "3600");
      case 3 -> "1e" + random.nextInt(-3, 12);
      case 4 -> "scalar(" + vector(1) + ")";
      default -> Double.toString(Math.round(random.nextGaussian() * 1000) / 100.0);
    };
  }

  private String selector() {
    String name = one("c", "c", "d", "g", "g", "n");
    String labels = one("", "", "{x=\"1\"}", "{x!=\"2\"}", "{y=~\"a|b\"}");
    return random.nextInt(25) == 0 ? "{__name__=~\"c|d\"}" : name + labels;
  }

  private String offset() {
    return random.nextInt(6) == 0 ? one(" offset 30s", " offset 1m", " offset 7s", " offset -20s") : "";
  }

  private String range() {
    return "[" + one("1m", "5m", "5m", "2m", "30s", "37s", "1s") + "]" + offset();
  }

  private String matching() {
    return switch (random.nextInt(5)) {
      case 0 -> "on(x) ";
      case 1 -> "ignoring(y) ";
      case 2 -> "on(x, y) ";
      case 3 -> "on() ";
      default -> "";
    };
  }

  private String vector(int depth) {
    if (depth == 0) {
      return random.nextInt(4) == 0 ? selector() + offset() : window();
    }
    return switch (random.nextInt(19)) {
      case 0, 1 -> selector() + offset();
      case 2, 3, 4 -> window();
      case 5 -> element(depth);
      case 6 -> "(" + vector(depth - 1) + " " + one(ARITHMETIC) + " " + number() + ")";
      case 7 -> "(" + number() + " " + one(ARITHMETIC) + " " + vector(depth - 1) + ")";
      case 8, 9, 10 -> aggregation(depth);
      case 11 -> pair(depth);
      case 12 ->
          "(" + vector(depth - 1) + one(" and ", " or ", " unless ") + matching() + vector(depth - 1) + ")";
      case 13 -> "(" + vector(depth - 1) + one(COMPARISONS) + one("", "bool ") + number() + ")";
      case 14 -> "histogram_quantile(" + one("0.9", "0.5", "0.99", "0", "1", "2") + ", " + buckets() + ")";
      case 15 -> one("clamp_min(", "clamp_max(") + vector(depth - 1) + ", " + number() + ")";
      case 16 -> "clamp(" + vector(depth - 1) + ", " + number() + ", " + number() + ")";
      case 17 ->
          one(
              "vector(" + number() + ")",
              "label_replace(" + vector(depth - 1) + ", \"y\", \"$1\", \"x\", \"(.*)\")",
              "label_join(" + vector(depth - 1) + ", \"z\", \"-\", \"x\", \"y\")",
              "hour()",
              "minute()");
      default -> one("topk", "bottomk") + by() + "(" + one("1", "2", "0", "5") + ", " + vector(depth - 1) + ")";
    };
  }

  private String buckets() {
    String inner = one("h", "rate(h" + range() + ")", "increase(h[5m])");
    return one(inner, "sum by (le) (" + inner + ")", "sum by (le, x) (" + inner + ")");
  }

  private String window() {
    if (random.nextInt(12) == 0) {
      return "predict_linear(" + selector() + range() + ", " + one("60", "3600", "0", "-30") + ")";
    }
    if (random.nextInt(16) == 0) {
      return "quantile_over_time(" + one("0.5", "0.9", "0", "1", "-1") + ", " + selector() + range() + ")";
    }
    return one(WINDOW_FUNCTIONS) + "(" + selector() + range() + ")";
  }

  private String element(int depth) {
    String function = one(ELEMENT_FUNCTIONS);
    if (function.equals("round") && random.nextBoolean()) {
      return "round(" + vector(depth - 1) + ", " + one("5", "0.1", "10") + ")";
    }
    return function + "(" + vector(depth - 1) + ")";
  }

  private String by() {
    return one("", "", " by (x)", " by (y)", " without (y)", " by (x, y)");
  }

  private String aggregation(int depth) {
    if (random.nextInt(12) == 0) {
      return "quantile" + by() + "(" + one("0.5", "0.9") + ", " + vector(depth - 1) + ")";
    }
    return one(AGGREGATIONS) + by() + "(" + vector(depth - 1) + ")";
  }

  private String pair(int depth) {
    String op = one(ARITHMETIC[0], ARITHMETIC[1], "/", "/", ">", "<", "== bool", "> bool");
    String left = vector(depth - 1);
    return switch (random.nextInt(5)) {
      case 0 -> "(sum by (x) (" + left + ") " + op + " sum by (x) (" + vector(depth - 1) + "))";
      case 1 -> "(" + left + " " + op + " on(x) group_left() sum by (x) (" + vector(depth - 1) + "))";
      case 2 -> "(sum by (x) (" + left + ") " + op + " on(x) group_right() " + vector(depth - 1) + ")";
      case 3 -> "(" + left + " " + op + " ignoring(z) " + vector(depth - 1) + ")";
      default -> "(" + left + " " + op + " " + vector(depth - 1) + ")";
    };
  }
}

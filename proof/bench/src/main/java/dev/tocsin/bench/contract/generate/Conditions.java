package dev.tocsin.bench.contract.generate;

import dev.tocsin.bench.fuzz.query.QueryGenerator;
import dev.tocsin.promql.ast.Expr;
import dev.tocsin.promql.ast.ValueType;
import dev.tocsin.promql.parse.ParseException;
import dev.tocsin.promql.parse.PromqlParser;
import java.util.List;

/// Expressions for rules: shapes that people write, with thresholds that the data crosses, and
/// anything the grammar has.
final class Conditions {
  static final List<String> RECORDED = List.of("r:a", "r:b", "r:c");
  private static final int LENGTH_MAX = 240;
  private static final int TRIES = 8;

  private final Luck luck;
  private final QueryGenerator anything;

  Conditions(Luck luck) {
    this.luck = luck;
    this.anything = new QueryGenerator(luck.random());
  }

  /// Of a recording rule.
  String value() {
    if (luck.percent(40)) {
      String grown = grown();
      if (!grown.isEmpty()) {
        return grown;
      }
    }
    return luck.percent(25) ? comparison() : usual();
  }

  /// Of an alert.
  String condition() {
    if (luck.percent(30)) {
      String grown = grown();
      if (!grown.isEmpty()) {
        return luck.percent(40) ? grown : "(" + grown + ") " + threshold();
      }
    }
    return switch (luck.below(12)) {
      case 0 -> "absent(" + selector() + ")";
      case 1 -> comparison() + " and on (instance) up == 1";
      case 2 -> comparison() + " unless on (job) " + comparison();
      case 3 -> comparison() + " or " + comparison();
      case 4 -> usual();
      case 5 -> scalar();
      default -> comparison();
    };
  }

  private String scalar() {
    return luck.of(
        "time() % 40 > bool 20",
        "vector(time() % 30) > 12",
        "scalar(" + selector() + ") > bool 5",
        "1",
        "vector(1)",
        "count(" + selector() + ") or vector(0)");
  }

  private String comparison() {
    return usual() + " " + threshold();
  }

  private String threshold() {
    String bool = luck.percent(8) ? "bool " : "";
    return luck.of("> ", "> ", ">= ", "< ", "== ", "!= ")
        + bool
        + luck.of("0", "1", "3", "5", "6", "7", "9", "0.5", "40");
  }

  private String usual() {
    return switch (luck.below(24)) {
      case 0 -> "rate(requests_total[" + range() + "])";
      case 1 -> "increase(requests_total{code=\"500\"}[" + range() + "])";
      case 2 -> "sum by (instance) (rate(requests_total[" + range() + "]))";
      case 3 -> aggregation() + " by (job) (" + selector() + ")";
      case 4 -> aggregation() + "(" + selector() + ")";
      case 5 -> luck.of("avg", "max", "min", "sum", "count", "last") + "_over_time" + ofRange();
      case 6 -> luck.of("changes", "delta", "deriv", "idelta", "stddev_over_time") + ofRange();
      case 7 -> "histogram_quantile(0.9, sum by (le) (rate(latency_bucket[" + range() + "])))";
      case 8 -> "histogram_quantile(0.5, latency)";
      case 9 -> luck.of("topk", "bottomk") + "(2, " + selector() + ")";
      case 10 -> "max_over_time((" + selector() + ")[" + range() + ":" + luck.of("5s", "") + "])";
      case 11 -> "predict_linear(temperature[" + range() + "], 60)";
      case 12 -> "label_replace(" + selector() + ", \"job\", \"$1\", \"instance\", \"(.).*\")";
      case 13 -> "temperature / on (instance) group_left () up";
      case 14 -> "time() - timestamp(" + selector() + ")";
      case 15 -> "count_values(\"value\", " + selector() + ")";
      case 16 -> "quantile(0.5, " + selector() + ")";
      case 17 -> "absent_over_time" + ofRange();
      case 18 -> "histogram_count(rate(latency[" + range() + "]))";
      default -> selector();
    };
  }

  private String aggregation() {
    return luck.of("sum", "avg", "count", "max", "min", "stddev", "group");
  }

  private String ofRange() {
    return "(" + luck.of("temperature", "temperature", "odd", "r:a") + "[" + range() + "])";
  }

  private String range() {
    return luck.of("5s", "10s", "15s", "30s", "45s", "1m", "2m", "5m");
  }

  private String selector() {
    String series =
        switch (luck.below(14)) {
          case 0 -> "temperature{instance=\"a:1\"}";
          case 1 -> "temperature{job=~\"a.*\"}";
          case 2 -> "temperature{instance!=\"b:2\"}";
          case 3 -> "up";
          case 4 -> "odd";
          case 5, 6, 7 -> luck.of(RECORDED);
          case 8 -> luck.of("ALERTS", "ALERTS{alertstate=\"firing\"}", "ALERTS_FOR_STATE");
          case 9 -> luck.of("{__name__=~\"r:.*\"}", "{job=\"api\"}", "latency", "mixed");
          default -> "temperature";
        };
    return series + (luck.percent(8) ? luck.of(" offset 5s", " offset 1m", " offset -2s") : "");
  }

  /// Empty where none was found that a rule can have and that is quick to evaluate.
  private String grown() {
    for (int i = 0; i < TRIES; i++) {
      String text = anything.query().replace("nothing", luck.of(RECORDED));
      if (text.length() <= LENGTH_MAX && suits(text)) {
        return text;
      }
    }
    return "";
  }

  private boolean suits(String text) {
    try {
      Expr expr = PromqlParser.parse(text);
      boolean result = expr.type() == ValueType.VECTOR || expr.type() == ValueType.SCALAR;
      return (result || luck.percent(5)) && subqueries(text) <= 1;
    } catch (ParseException _) {
      return false;
    }
  }

  /// Colons within brackets: nested subqueries take too long.
  private static long subqueries(String text) {
    int depth = 0;
    int found = 0;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      depth += c == '[' ? 1 : c == ']' ? -1 : 0;
      found += c == ':' && depth > 0 ? 1 : 0;
    }
    return found;
  }
}

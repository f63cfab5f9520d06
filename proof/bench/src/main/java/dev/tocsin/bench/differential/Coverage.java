package dev.tocsin.bench.differential;

import dev.tocsin.bench.report.Table;
import dev.tocsin.promql.ast.Expr;
import dev.tocsin.promql.ast.TimeModifier;
import dev.tocsin.promql.ast.VectorMatching;
import dev.tocsin.promql.ast.VectorMatching.Cardinality;
import dev.tocsin.promql.parse.ParseException;
import dev.tocsin.promql.parse.ParseOptions;
import dev.tocsin.promql.parse.PromqlParser;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/// How often each feature of the language was in a query whose answers were compared.
final class Coverage {
  private static final class Count {
    private int compared;
    private int withResult;
  }

  private final Map<String, Count> counts = new TreeMap<>();

  /// @param withResult whether the answer had a series in it
  void add(String query, boolean withResult) {
    Set<String> features = new TreeSet<>();
    try {
      visit(PromqlParser.parse(query, ParseOptions.ALL), features);
    } catch (ParseException e) {
      features.add("not a query");
    }
    for (String feature : features) {
      Count count = counts.computeIfAbsent(feature, _ -> new Count());
      count.compared++;
      count.withResult += withResult ? 1 : 0;
    }
  }

  private static void visit(Expr expr, Set<String> features) {
    switch (expr) {
      case Expr.NumberLiteral _, Expr.StringLiteral _ -> {}
      case Expr.Parens parens -> visit(parens.inner(), features);
      case Expr.Unary unary -> {
        features.add("modifier unary " + (unary.minus() ? "-" : "+"));
        visit(unary.inner(), features);
      }
      case Expr.Binary binary -> binary(binary, features);
      case Expr.Aggregate aggregate -> {
        features.add("aggregation " + aggregate.op().word());
        if (aggregate.without() || !aggregate.grouping().isEmpty()) {
          features.add("modifier " + (aggregate.without() ? "without" : "by"));
        }
        Expr parameter = aggregate.parameter();
        if (parameter != null) {
          visit(parameter, features);
        }
        visit(aggregate.inner(), features);
      }
      case Expr.Call call -> {
        features.add("function " + call.function().name());
        call.arguments().forEach(argument -> visit(argument, features));
      }
      case Expr.VectorSelector selector -> when(selector.when(), features);
      case Expr.MatrixSelector matrix -> {
        features.add("modifier [range]");
        visit(matrix.vector(), features);
      }
      case Expr.Subquery subquery -> {
        features.add("modifier [range:step]");
        when(subquery.when(), features);
        visit(subquery.inner(), features);
      }
    }
  }

  private static void binary(Expr.Binary binary, Set<String> features) {
    features.add("operator " + binary.op().sign());
    if (binary.bool()) {
      features.add("modifier bool");
    }
    VectorMatching matching = binary.matching();
    if (matching != null) {
      if (matching.on() || !matching.labels().isEmpty()) {
        features.add("modifier " + (matching.on() ? "on" : "ignoring"));
      }
      if (matching.cardinality() == Cardinality.MANY_TO_ONE) {
        features.add("modifier group_left");
      } else if (matching.cardinality() == Cardinality.ONE_TO_MANY) {
        features.add("modifier group_right");
      }
    }
    visit(binary.left(), features);
    visit(binary.right(), features);
  }

  private static void when(TimeModifier when, Set<String> features) {
    if (when.offset() != null) {
      features.add("modifier offset");
    }
    switch (when.at()) {
      case null -> {}
      case TimeModifier.At.Start _ -> features.add("modifier @ start()");
      case TimeModifier.At.End _ -> features.add("modifier @ end()");
      case TimeModifier.At.Time _ -> features.add("modifier @ time");
    }
  }

  Table table() {
    Table table = Table.of("in a query", "compared", "with a result");
    counts.forEach(
        (feature, count) ->
            table.row(
                feature, Integer.toString(count.compared), Integer.toString(count.withResult)));
    return table;
  }
}

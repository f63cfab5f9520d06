package dev.tocsin.bench.fuzz.query;

import dev.tocsin.promql.ast.Function;
import dev.tocsin.promql.ast.ValueType;
import dev.tocsin.promql.parse.Functions;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/// Calls of any function, with arguments of the right types.
final class CallGenerator {
  private final SplittableRandom chance;
  private final QueryGenerator queries;
  private final List<Function> scalars;
  private final List<Function> vectors;

  CallGenerator(SplittableRandom chance, QueryGenerator queries) {
    this.chance = chance;
    this.queries = queries;
    this.scalars = returning(ValueType.SCALAR);
    this.vectors = returning(ValueType.VECTOR);
  }

  private static List<Function> returning(ValueType type) {
    return Functions.list().stream().filter(function -> function.returns() == type).toList();
  }

  String call(ValueType returns, int depth) {
    Function function = Vocabulary.any(chance, returns == ValueType.SCALAR ? scalars : vectors);
    return function.name() + "(" + String.join(", ", arguments(function, depth - 1)) + ")";
  }

  private List<String> arguments(Function function, int depth) {
    return switch (function.name()) {
      case "label_replace" ->
          List.of(
              queries.vector(depth),
              label(),
              Vocabulary.any(chance, List.of("\"$1\"", "\"${1}-$2\"", "\"\"", "\"v\"", "\"$$\"")),
              label(),
              "\"" + Vocabulary.any(chance, Vocabulary.PATTERNS) + "\"");
      case "label_join" -> labels(depth, "\"-\"");
      case "sort_by_label", "sort_by_label_desc" -> labels(depth, null);
      case "info" ->
          queries.oneIn(2)
              ? List.of(queries.vector(depth))
              : List.of(queries.vector(depth), queries.selectors().matchers());
      case "histogram_quantile", "quantile_over_time" -> {
        String quantile = queries.oneIn(3) ? queries.scalar(depth) : "0.9";
        yield List.of(quantile, queries.expression(function.arguments().getLast(), depth));
      }
      default -> plain(function, depth);
    };
  }

  private String label() {
    String label = Vocabulary.any(chance, Vocabulary.LABELS);
    return label.startsWith("\"") ? label : "\"" + label + "\"";
  }

  private List<String> labels(int depth, @Nullable String separator) {
    List<String> arguments = new ArrayList<>();
    arguments.add(queries.vector(depth));
    if (separator != null) {
      arguments.add(label());
      arguments.add(separator);
    }
    for (int i = chance.nextInt(4); i > 0; i--) {
      arguments.add(label());
    }
    return List.copyOf(arguments);
  }

  private List<String> plain(Function function, int depth) {
    int count = function.arguments().size();
    int optional = function.variadic() == 0 ? 0 : 1;
    int given = count - (optional > 0 && queries.oneIn(2) ? 1 : 0);
    List<String> arguments = new ArrayList<>();
    for (int i = 0; i < given; i++) {
      arguments.add(queries.expression(function.arguments().get(i), depth));
    }
    for (int i = function.variadic(); given == count && i > 1 && queries.oneIn(2); i--) {
      arguments.add(queries.expression(function.arguments().getLast(), depth));
    }
    return arguments;
  }
}

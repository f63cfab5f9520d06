package dev.tocsin.promql.eval;

import dev.tocsin.model.labels.Labels;
import dev.tocsin.promql.ast.VectorMatching;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// By which labels the elements of two vectors meet: each combination of values gets a number,
/// dense from 0.
final class Signatures {
  private final VectorMatching matching;
  private final List<String> leftOut;
  private final Map<Labels, Integer> numbers = new HashMap<>();
  private final Map<Labels, Integer> known = new HashMap<>();

  Signatures(VectorMatching matching) {
    this.matching = matching;
    List<String> names = new ArrayList<>(matching.labels());
    names.add(Labels.METRIC_NAME);
    this.leftOut = List.copyOf(names);
  }

  int of(Labels labels) {
    Integer number = known.get(labels);
    if (number == null) {
      Labels signature = matching.on() ? labels.only(matching.labels()) : labels.without(leftOut);
      number = numbers.computeIfAbsent(signature, _ -> numbers.size());
      known.put(labels, number);
    }
    return number;
  }

  int count() {
    return numbers.size();
  }

  /// The labels that matched, as an error or a stand-in shows them.
  Labels matched(Labels labels) {
    return matching.on() ? labels.only(matching.labels()) : labels.without(leftOut);
  }
}

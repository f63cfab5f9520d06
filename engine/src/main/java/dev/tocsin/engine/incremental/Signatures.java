package dev.tocsin.engine.incremental;

import dev.tocsin.model.labels.Labels;
import dev.tocsin.promql.ast.VectorMatching;
import dev.tocsin.promql.ast.VectorMatching.Cardinality;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// By which labels the elements of two vectors meet, and what labels their result has.
///
/// @param leftOut of `ignoring`, and the metric name
record Signatures(VectorMatching matching, List<String> leftOut) {
  static Signatures of(VectorMatching matching) {
    List<String> names = new ArrayList<>(matching.labels());
    names.add(Labels.METRIC_NAME);
    return new Signatures(matching, List.copyOf(names));
  }

  /// The signature of each element as a number.
  int[] of(Shape shape, Map<Labels, Integer> numbers) {
    int[] found = new int[shape.size()];
    for (int i = 0; i < found.length; i++) {
      Labels labels = shape.elements().get(i);
      Labels signature = matching.on() ? labels.only(matching.labels()) : labels.without(leftOut);
      found[i] = ShapeBuilder.number(numbers, signature);
    }
    return found;
  }

  /// Of one-to-one matches only the labels that matched; else those of the "many" side, with those
  /// that are asked for from the other.
  Labels result(Labels many, Labels one, boolean dropsName) {
    Labels labels = dropsName ? ShapeBuilder.withoutName(many) : many;
    if (matching.cardinality() == Cardinality.ONE_TO_ONE) {
      labels = matching.on() ? labels.only(matching.labels()) : labels.without(matching.labels());
    }
    Labels.Builder builder = labels.toBuilder();
    for (String name : matching.include()) {
      builder.set(name, one.get(name));
    }
    return matching.include().isEmpty() ? labels : builder.build();
  }
}

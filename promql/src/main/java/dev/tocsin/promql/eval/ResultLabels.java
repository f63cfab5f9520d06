package dev.tocsin.promql.eval;

import dev.tocsin.model.labels.Labels;
import dev.tocsin.promql.ast.VectorMatching;
import dev.tocsin.promql.ast.VectorMatching.Cardinality;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The labels of a match of two elements: those of the "many" side, with those named by
/// `group_left` or `group_right` from the "one" side; of one-to-one matches only those that
/// matched.
final class ResultLabels {
  private final VectorMatching matching;
  private final boolean dropsName;
  private final @Nullable Map<Pair, Labels> known;

  private record Pair(Labels many, Labels one) {}

  ResultLabels(VectorMatching matching, boolean dropsName, boolean remembers) {
    this.matching = matching;
    this.dropsName = dropsName;
    this.known = remembers ? new HashMap<>() : null;
  }

  Labels of(Labels many, Labels one) {
    if (known == null) {
      return make(many, one);
    }
    Pair pair = new Pair(many, matching.include().isEmpty() ? Labels.empty() : one);
    Labels labels = known.get(pair);
    if (labels == null) {
      labels = make(many, one);
      known.put(pair, labels);
    }
    return labels;
  }

  private Labels make(Labels many, Labels one) {
    Labels labels = dropsName ? NameRemoval.without(many) : many;
    if (matching.cardinality() == Cardinality.ONE_TO_ONE) {
      labels = matching.on() ? labels.only(matching.labels()) : labels.without(matching.labels());
    }
    if (matching.include().isEmpty()) {
      return labels;
    }
    Labels.Builder builder = labels.toBuilder();
    for (String name : matching.include()) {
      builder.set(name, one.get(name));
    }
    return builder.build();
  }
}

package dev.tocsin.engine.incremental;

import dev.tocsin.model.labels.Labels;
import java.util.List;

/// The elements that a node can have in one partition.
///
/// @param ordered whether those that are there stand in the evaluator's vector in this order,
///   whichever they are: then sums over them can be made in its order
record Shape(List<Labels> elements, boolean ordered) {
  /// The one of a scalar, or of a vector of one number.
  static final Shape SINGLE = new Shape(List.of(Labels.empty()), true);

  int size() {
    return elements.size();
  }
}

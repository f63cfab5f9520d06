package dev.tocsin.promql.eval;

import dev.tocsin.model.labels.Labels;

/// Is told of one series after the other.
@FunctionalInterface
interface SeriesVisitor {
  /// @param values of each step of the node's timeline, where there is none
  ///   [dev.tocsin.promql.eval.window.WindowFunction#NONE]; lent: valid during the call
  void visit(Labels labels, boolean dropsName, double[] values);
}

package dev.tocsin.promql.eval;

/// A node that can also be evaluated series by series, each at all steps at once: the samples of a
/// series are then read, used and forgotten before the next one's are.
interface SeriesMajor extends VectorNode {
  /// Visits the series that have an element at any step, in their order. False where that cannot be
  /// done, as with native histograms: then forget what was visited, and ask step by step.
  boolean forEachSeries(SeriesVisitor visitor);
}

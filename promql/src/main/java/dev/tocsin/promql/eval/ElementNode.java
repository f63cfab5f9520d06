package dev.tocsin.promql.eval;

import java.util.function.DoubleUnaryOperator;

/// A function applied to each float by itself, as `abs`: the result has no metric name. Histograms
/// are left out.
final class ElementNode implements VectorNode {
  private final VectorNode inner;
  private final DoubleUnaryOperator function;
  private final NameRemoval names;
  private final Samples out = new Samples();

  ElementNode(VectorNode inner, DoubleUnaryOperator function, NameRemoval names) {
    this.inner = inner;
    this.function = function;
    this.names = names;
  }

  @Override
  public Samples at(long timeMs) {
    Samples in = inner.at(timeMs);
    out.clear();
    for (int i = 0; i < in.size(); i++) {
      if (!in.isHistogram(i)) {
        out.add(names.of(in.labels(i)), function.applyAsDouble(in.value(i)), true);
      }
    }
    names.finish(out);
    return out;
  }
}

package dev.tocsin.promql.eval;

import dev.tocsin.model.labels.Labels;

/// vector, and the functions of time without an argument: one element without labels.
final class VectorOfScalar implements VectorNode {
  private final ScalarNode inner;
  private final Samples out = new Samples();

  VectorOfScalar(ScalarNode inner) {
    this.inner = inner;
  }

  @Override
  public Samples at(long timeMs) {
    out.clear();
    out.add(Labels.empty(), inner.at(timeMs), false);
    return out;
  }
}

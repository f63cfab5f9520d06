package dev.tocsin.promql.eval;

import dev.tocsin.model.histogram.FloatHistogram;

/// A minus in front of a vector. The result has no metric name.
final class NegationNode implements VectorNode {
  private final VectorNode inner;
  private final NameRemoval names;
  private final Samples out = new Samples();

  NegationNode(VectorNode inner, NameRemoval names) {
    this.inner = inner;
    this.names = names;
  }

  @Override
  public Samples at(long timeMs) {
    Samples in = inner.at(timeMs);
    out.clear();
    for (int i = 0; i < in.size(); i++) {
      FloatHistogram histogram = in.histogram(i);
      if (histogram == null) {
        out.add(names.of(in.labels(i)), -in.value(i), true);
      } else {
        out.add(names.of(in.labels(i)), histogram.times(-1), true);
      }
    }
    names.finish(out);
    return out;
  }
}

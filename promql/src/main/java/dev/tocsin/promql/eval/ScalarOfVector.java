package dev.tocsin.promql.eval;

/// scalar: the value of the only element, NaN where there are none or several.
final class ScalarOfVector implements ScalarNode {
  private final VectorNode inner;

  ScalarOfVector(VectorNode inner) {
    this.inner = inner;
  }

  @Override
  public double at(long timeMs) {
    Samples in = inner.at(timeMs);
    return in.size() == 1 ? in.value(0) : Double.NaN;
  }
}

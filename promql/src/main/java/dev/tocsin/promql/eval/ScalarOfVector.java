package dev.tocsin.promql.eval;

/// scalar: the value of the only float, NaN where there are none or several.
final class ScalarOfVector implements ScalarNode {
  private final VectorNode inner;

  ScalarOfVector(VectorNode inner) {
    this.inner = inner;
  }

  @Override
  public double at(long timeMs) {
    Samples in = inner.at(timeMs);
    if (!in.hasHistograms()) {
      return in.size() == 1 ? in.value(0) : Double.NaN;
    }
    int found = -1;
    for (int i = 0; i < in.size(); i++) {
      if (!in.isHistogram(i)) {
        if (found >= 0) {
          return Double.NaN;
        }
        found = i;
      }
    }
    return found < 0 ? Double.NaN : in.value(found);
  }
}

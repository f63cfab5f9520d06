package dev.tocsin.promql.eval;

import dev.tocsin.promql.eval.number.GoMath;

/// clamp, clamp_min and clamp_max. Nothing where the maximum is below the minimum, or of
/// histograms.
final class ClampNode implements VectorNode {
  private final VectorNode inner;
  private final ScalarNode min;
  private final ScalarNode max;
  private final NameRemoval names;
  private final Samples out = new Samples();

  ClampNode(VectorNode inner, ScalarNode min, ScalarNode max, NameRemoval names) {
    this.inner = inner;
    this.min = min;
    this.max = max;
    this.names = names;
  }

  @Override
  public Samples at(long timeMs) {
    Samples in = inner.at(timeMs);
    double low = min.at(timeMs);
    double high = max.at(timeMs);
    out.clear();
    if (high < low) {
      return out;
    }
    for (int i = 0; i < in.size(); i++) {
      if (in.isHistogram(i)) {
        continue;
      }
      double value = GoMath.max(low, GoMath.min(high, in.value(i)));
      out.add(names.of(in.labels(i)), value, true);
    }
    names.finish(out);
    return out;
  }
}

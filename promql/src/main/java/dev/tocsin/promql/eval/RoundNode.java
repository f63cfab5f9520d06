package dev.tocsin.promql.eval;

import dev.tocsin.promql.eval.number.GoMath;

/// round to the nearest multiple of a number.
final class RoundNode implements VectorNode {
  private final VectorNode inner;
  private final ScalarNode multiple;
  private final NameRemoval names;
  private final Samples out = new Samples();

  RoundNode(VectorNode inner, ScalarNode multiple, NameRemoval names) {
    this.inner = inner;
    this.multiple = multiple;
    this.names = names;
  }

  @Override
  public Samples at(long timeMs) {
    Samples in = inner.at(timeMs);
    // The inverse makes fewer errors: 0.1 has none, 10 has.
    double inverse = 1.0 / multiple.at(timeMs);
    out.clear();
    for (int i = 0; i < in.size(); i++) {
      if (!in.isHistogram(i)) {
        out.add(names.of(in.labels(i)), GoMath.roundTo(in.value(i), inverse), true);
      }
    }
    names.finish(out);
    return out;
  }
}

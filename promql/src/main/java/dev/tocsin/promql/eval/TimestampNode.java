package dev.tocsin.promql.eval;

import org.jspecify.annotations.Nullable;

/// timestamp: when the sample of a selector was taken; of anything else, the time of the
/// evaluation. Unix seconds.
final class TimestampNode implements VectorNode {
  private final VectorNode inner;
  private final @Nullable InstantSelector selector;
  private final NameRemoval names;
  private final Samples out = new Samples();

  /// Of a selector itself.
  TimestampNode(InstantSelector selector, NameRemoval names) {
    this.inner = selector;
    this.selector = selector;
    this.names = names;
  }

  /// Of anything else.
  TimestampNode(VectorNode inner, NameRemoval names) {
    this.inner = inner;
    this.selector = null;
    this.names = names;
  }

  @Override
  public Samples at(long timeMs) {
    Samples in = selector == null ? inner.at(timeMs) : selector.timestampsAt(timeMs);
    double now = (double) timeMs / 1000;
    out.clear();
    for (int i = 0; i < in.size(); i++) {
      double seconds = selector == null ? now : in.value(i);
      out.add(names.of(in.labels(i)), seconds, true);
    }
    names.finish(out);
    return out;
  }
}

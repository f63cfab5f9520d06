package dev.tocsin.promql.eval;

import org.jspecify.annotations.Nullable;

/// What does not change from step to step, as `x @ 0`: evaluated at the first.
final class Once implements VectorNode {
  private final VectorNode inner;
  private final long timeMs;
  private @Nullable Samples known;

  Once(VectorNode inner, long timeMs) {
    this.inner = inner;
    this.timeMs = timeMs;
  }

  @Override
  public Samples at(long timeMs) {
    Samples samples = known;
    if (samples == null) {
      samples = inner.at(this.timeMs);
      known = samples;
    }
    return samples;
  }
}

package dev.tocsin.promql.eval;

import org.jspecify.annotations.Nullable;

/// What does not change from step to step, as `x @ 0`: evaluated at the first.
final class Once implements VectorNode {
  private final Run run;
  private final VectorNode inner;
  private final long timeMs;
  private @Nullable Samples known;
  private long cost;

  Once(Run run, VectorNode inner, long timeMs) {
    this.run = run;
    this.inner = inner;
    this.timeMs = timeMs;
  }

  @Override
  public Samples at(long timeMs) {
    Tally tally = run.tally();
    Samples samples = known;
    if (samples == null) {
      long before = tally.counted();
      samples = inner.at(this.timeMs);
      known = samples;
      cost = tally.counted() - before;
    } else {
      tally.again(cost);
    }
    return samples;
  }
}

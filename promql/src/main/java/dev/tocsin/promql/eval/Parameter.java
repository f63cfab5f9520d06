package dev.tocsin.promql.eval;

import dev.tocsin.promql.eval.number.GoMath;
import org.jspecify.annotations.Nullable;

/// The number in front of an aggregation, as the 3 of `topk(3, x)`, at all steps: it is checked as
/// a whole before the first is used.
final class Parameter {
  private final Run run;
  private final ScalarNode node;
  private final Timeline timeline;
  private double @Nullable [] values;
  private double min = Double.MAX_VALUE;
  private double max = -Double.MAX_VALUE;
  private boolean hasNaN;

  Parameter(Run run, ScalarNode node, Timeline timeline) {
    this.run = run;
    this.node = node;
    this.timeline = timeline;
  }

  /// Evaluates all steps. Returns false where that was done before.
  boolean load() {
    if (values != null) {
      return false;
    }
    long steps = timeline.steps();
    run.hold(steps);
    double[] all = new double[Math.toIntExact(steps)];
    for (int i = 0; i < all.length; i++) {
      double value = node.at(timeline.startMs() + i * timeline.stepMs());
      all[i] = value;
      min = GoMath.min(min, value);
      max = GoMath.max(max, value);
      hasNaN |= Double.isNaN(value);
    }
    values = all;
    return true;
  }

  /// NaN where one of the values is.
  double min() {
    return min;
  }

  double max() {
    return max;
  }

  boolean hasNaN() {
    return hasNaN;
  }

  double at(long timeMs) {
    double[] all = values;
    if (all == null) {
      throw new IllegalStateException("not loaded");
    }
    return all[(int) ((timeMs - timeline.startMs()) / timeline.stepMs())];
  }
}

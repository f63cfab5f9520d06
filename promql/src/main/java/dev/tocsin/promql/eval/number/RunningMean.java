package dev.tocsin.promql.eval.number;

/// The mean of values in Prometheus's way: the compensated sum divided by the count, until the sum
/// would overflow; from there on a mean that is moved by each value. Source: Prometheus,
/// aggregation avg and avg_over_time.
public final class RunningMean {
  private final NeumaierSum state;
  private double count = 1;
  private boolean moving;

  public RunningMean(double first) {
    state = new NeumaierSum(first);
  }

  public void add(double value) {
    count++;
    if (!moving) {
      if (!state.overflowsWith(value)) {
        state.add(value);
        return;
      }
      moving = true;
      state.divide(count - 1);
    }
    state.scale((count - 1) / count);
    state.add(value / count);
  }

  public double mean() {
    return moving ? state.total() : state.dividedBy(count);
  }
}

package dev.tocsin.promql.eval.number;

import java.util.Arrays;
import java.util.Comparator;

/// The cumulative buckets of one classic histogram at one time, and what is estimated from them.
/// Filled with [#add], then asked. Source: Prometheus, histogram_quantile and histogram_fraction.
public final class Buckets {
  /// Relative differences between neighbours below this are rounding errors.
  private static final double TOLERANCE = 1e-12;

  private double[] bounds = new double[12];
  private double[] counts = new double[12];
  private int size;
  private boolean sorted = true;

  private boolean forced;
  private double forcedFrom;
  private double forcedTo;
  private double forcedBy;

  public void clear() {
    size = 0;
    sorted = true;
    forced = false;
  }

  public boolean isEmpty() {
    return size == 0;
  }

  public void add(double bound, double count) {
    if (size == bounds.length) {
      bounds = Arrays.copyOf(bounds, size * 2);
      counts = Arrays.copyOf(counts, size * 2);
    }
    sorted &= size == 0 || bounds[size - 1] <= bound;
    bounds[size] = bound;
    counts[size++] = count;
  }

  /// By bound; equal bounds in order of arrival.
  private void sort() {
    if (sorted) {
      return;
    }
    double[] oldBounds = Arrays.copyOf(bounds, size);
    double[] oldCounts = Arrays.copyOf(counts, size);
    Integer[] order = new Integer[size];
    Arrays.setAll(order, i -> i);
    Arrays.sort(order, Comparator.comparingDouble(i -> oldBounds[i]));
    for (int i = 0; i < size; i++) {
      bounds[i] = oldBounds[order[i]];
      counts[i] = oldCounts[order[i]];
    }
    sorted = true;
  }

  /// The quantile; NaN where it cannot be estimated.
  public double quantile(double q) {
    forced = false;
    if (Double.isNaN(q)) {
      return Double.NaN;
    }
    if (q < 0) {
      return Double.NEGATIVE_INFINITY;
    }
    if (q > 1) {
      return Double.POSITIVE_INFINITY;
    }
    sort();
    if (bounds[size - 1] != Double.POSITIVE_INFINITY) {
      return Double.NaN;
    }
    mergeEqualBounds();
    removeDecreases();
    if (size < 2 || counts[size - 1] == 0) {
      return Double.NaN;
    }
    return interpolated(q * counts[size - 1]);
  }

  private double interpolated(double rank) {
    int bucket = firstReaching(rank);
    if (bucket == size - 1) {
      return bounds[size - 2];
    }
    if (bucket == 0) {
      return bounds[0] <= 0 ? bounds[0] : bounds[0] * (rank / counts[0]);
    }
    double start = bounds[bucket - 1];
    double below = counts[bucket - 1];
    return start + (bounds[bucket] - start) * ((rank - below) / (counts[bucket] - below));
  }

  /// By bisection, as Prometheus: with NaN among the counts the way of searching matters.
  private int firstReaching(double rank) {
    int low = 0;
    int high = size - 1;
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (counts[middle] >= rank) {
        high = middle;
      } else {
        low = middle + 1;
      }
    }
    return low;
  }

  private void mergeEqualBounds() {
    int last = 0;
    for (int i = 1; i < size; i++) {
      if (bounds[i] == bounds[last]) {
        counts[last] += counts[i];
      } else {
        last++;
        bounds[last] = bounds[i];
        counts[last] = counts[i];
      }
    }
    size = last + 1;
  }

  private void removeDecreases() {
    forcedFrom = Double.POSITIVE_INFINITY;
    forcedTo = Double.NEGATIVE_INFINITY;
    forcedBy = 0;
    double before = counts[0];
    for (int i = 1; i < size; i++) {
      double now = counts[i];
      if (now == before) {
        continue;
      }
      if (Closeness.within(before, now, TOLERANCE)) {
        counts[i] = before;
      } else if (now < before) {
        counts[i] = before;
        forced = true;
        forcedFrom = Math.min(forcedFrom, bounds[i]);
        forcedTo = Math.max(forcedTo, bounds[i]);
        forcedBy = Math.max(forcedBy, before - now);
      } else {
        before = now;
      }
    }
  }

  /// Whether the last [#quantile] had to lift a bucket that held less than the one below it.
  public boolean wasForced() {
    return forced;
  }

  /// The lowest bound lifted.
  public double forcedFrom() {
    return forcedFrom;
  }

  /// The highest bound lifted.
  public double forcedTo() {
    return forcedTo;
  }

  /// By how much at most.
  public double forcedBy() {
    return forcedBy;
  }

  /// The share of observations between two values; NaN where it cannot be estimated.
  public double fraction(double lower, double upper) {
    sort();
    if (bounds[size - 1] != Double.POSITIVE_INFINITY) {
      return Double.NaN;
    }
    mergeEqualBounds();
    double total = counts[size - 1];
    if (total == 0 || Double.isNaN(lower) || Double.isNaN(upper)) {
      return Double.NaN;
    }
    if (lower >= upper) {
      return 0;
    }
    return (rankOf(upper, total) - rankOf(lower, total)) / total;
  }

  /// How many observations are at or below `value`.
  private double rankOf(double value, double total) {
    double below = 0;
    double start = bounds[0] <= 0 ? Double.NEGATIVE_INFINITY : 0;
    for (int i = 0; i < size; i++) {
      if (i > 0) {
        start = bounds[i - 1];
      }
      if (start >= value) {
        return Math.min(below, total);
      }
      if (bounds[i] > value) {
        double rank =
            start == Double.NEGATIVE_INFINITY
                ? counts[i]
                : below + (counts[i] - below) * (value - start) / (bounds[i] - start);
        return rank > total ? total : rank;
      }
      below = counts[i];
    }
    return total;
  }
}

package dev.tocsin.promql.eval.number;

import java.util.Arrays;

/// Quantiles of a set of values: NaN sorts below everything, neighbours are interpolated.
public final class Quantiles {
  private Quantiles() {}

  /// Sorts `values[0 .. count)`. NaN where there is no value or `q` is NaN; an infinity where `q`
  /// is outside of 0..1.
  public static double of(double q, double[] values, int count) {
    if (count == 0 || Double.isNaN(q)) {
      return Double.NaN;
    }
    if (q < 0) {
      return Double.NEGATIVE_INFINITY;
    }
    if (q > 1) {
      return Double.POSITIVE_INFINITY;
    }
    Arrays.sort(values, 0, count);
    int numbers = count;
    while (numbers > 0 && Double.isNaN(values[numbers - 1])) {
      numbers--;
    }
    int nans = count - numbers;
    double rank = q * (count - 1);
    double floor = Math.floor(rank);
    int lower = Math.max(0, (int) floor);
    int upper = Math.min(count - 1, lower + 1);
    double weight = rank - floor;
    return at(values, lower, nans) * (1 - weight) + at(values, upper, nans) * weight;
  }

  private static double at(double[] values, int index, int nans) {
    return index < nans ? Double.NaN : values[index - nans];
  }

  /// The median of the distances from the median; NaN where a value is. Changes `values`.
  public static double medianDeviation(double[] values, int count) {
    for (int i = 0; i < count; i++) {
      if (Double.isNaN(values[i])) {
        return Double.NaN;
      }
    }
    double median = of(0.5, values, count);
    for (int i = 0; i < count; i++) {
      values[i] = Math.abs(values[i] - median);
    }
    return of(0.5, values, count);
  }
}

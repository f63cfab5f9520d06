package dev.tocsin.model.histogram;

/// Estimates from native histograms. Within a bucket with custom bounds and within the zero bucket
/// the observations are taken to be spread evenly, within others evenly on a logarithmic scale.
///
/// Source: Prometheus's `histogram_quantile`, `histogram_fraction`, `histogram_stdvar`.
public final class HistogramQuantile {
  private HistogramQuantile() {}

  /// The value below which the share `q` of the observations is: -Inf for `q` below 0, +Inf above
  /// 1, NaN without observations.
  public static HistogramEstimate quantile(double q, FloatHistogram histogram) {
    if (q < 0) {
      return HistogramEstimate.of(Double.NEGATIVE_INFINITY);
    }
    if (q > 1) {
      return HistogramEstimate.of(Double.POSITIVE_INFINITY);
    }
    if (histogram.count() == 0 || Double.isNaN(q)) {
      return HistogramEstimate.of(Double.NaN);
    }
    return new QuantileEstimation(q, histogram).run();
  }

  /// The share of the observations between `lower` and `upper`: 0 where they are not in order, NaN
  /// without observations.
  public static HistogramEstimate fraction(double lower, double upper, FloatHistogram histogram) {
    if (histogram.count() == 0 || Double.isNaN(lower) || Double.isNaN(upper)) {
      return HistogramEstimate.of(Double.NaN);
    }
    if (lower >= upper) {
      return HistogramEstimate.of(0);
    }
    return new FractionEstimation(lower, upper, histogram).run();
  }

  /// The standard variance, as if all observations of a bucket were at its middle.
  public static double stdvar(FloatHistogram histogram) {
    double mean = histogram.sum() / histogram.count();
    double variance = 0;
    double compensation = 0;
    BucketCursor bucket = BucketCursor.ascending(histogram);
    while (bucket.next()) {
      if (bucket.count() == 0) {
        continue;
      }
      double delta = middle(histogram, bucket) - mean;
      double increment = bucket.count() * delta * delta;
      compensation = Kahan.compensation(increment, variance, compensation);
      variance += increment;
    }
    return (variance + compensation) / histogram.count();
  }

  private static double middle(FloatHistogram histogram, BucketCursor bucket) {
    if (histogram.usesCustomBounds()) {
      return (bucket.upper() + bucket.lower()) / 2;
    }
    if (bucket.lower() <= 0 && bucket.upper() >= 0) {
      return 0;
    }
    double geometric = Math.sqrt(bucket.upper() * bucket.lower());
    return bucket.upper() < 0 ? -geometric : geometric;
  }

  /// The standard deviation: the root of [#stdvar].
  public static double stddev(FloatHistogram histogram) {
    return Math.sqrt(stdvar(histogram));
  }
}

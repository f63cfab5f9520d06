package dev.tocsin.model.histogram;

import dev.tocsin.model.histogram.HistogramEstimate.Note;

/// One estimate of a quantile from 0 to 1. It looks for the bucket the quantile is in from the end
/// that is nearer; from below where there may be observations of NaN (the sum is NaN then), which
/// are counted but in no bucket.
final class QuantileEstimation {
  private final FloatHistogram histogram;
  private final boolean mayHaveNans;
  private final boolean fromBelow;
  private final BucketCursor cursor;
  private double rank;
  private double seen;
  private double lower;
  private double upper;
  private double inBucket;

  QuantileEstimation(double q, FloatHistogram histogram) {
    this.histogram = histogram;
    this.mayHaveNans = Double.isNaN(histogram.sum());
    this.fromBelow = mayHaveNans || q < 0.5;
    this.cursor =
        fromBelow ? BucketCursor.ascending(histogram) : BucketCursor.descending(histogram);
    this.rank = (fromBelow ? q : 1 - q) * histogram.count();
  }

  HistogramEstimate run() {
    findBucket();
    if (histogram.usesCustomBounds()) {
      if (lower == Double.NEGATIVE_INFINITY) {
        if (upper <= 0) {
          return HistogramEstimate.of(upper);
        }
        lower = 0;
      } else if (upper == Double.POSITIVE_INFINITY) {
        return HistogramEstimate.of(lower);
      }
    } else {
      endZeroBucketAtZero();
    }
    // Rounding can make it more than all.
    if (seen > histogram.count()) {
      seen = histogram.count();
    }
    if (seen < rank) {
      return mayHaveNans
          ? new HistogramEstimate(Double.NaN, Note.QUANTILE_IS_NAN)
          : HistogramEstimate.of(upper);
    }
    rank = fromBelow ? rank - (seen - inBucket) : seen - rank;
    Note note = mayHaveNans ? countTheRest() : Note.NONE;
    return new HistogramEstimate(interpolated(rank / inBucket), note);
  }

  private void findBucket() {
    while (cursor.next()) {
      lower = cursor.lower();
      upper = cursor.upper();
      inBucket = cursor.count();
      if (inBucket == 0) {
        continue;
      }
      seen += inBucket;
      if (seen >= rank) {
        return;
      }
    }
  }

  /// With buckets on one side only, the zero bucket ends at zero on the other.
  private void endZeroBucketAtZero() {
    if (lower < 0 && upper > 0) {
      int positive = histogram.positive().size();
      int negative = histogram.negative().size();
      if (negative == 0 && positive > 0) {
        lower = 0;
      } else if (positive == 0 && negative > 0) {
        upper = 0;
      }
    }
  }

  /// Whether there are more observations than the buckets have. As in Prometheus 3.14 the last
  /// bucket then takes the place of the one that was found, whatever sense that makes: equal
  /// results matter more here than better ones.
  private Note countTheRest() {
    while (cursor.next()) {
      lower = cursor.lower();
      upper = cursor.upper();
      inBucket = cursor.count();
      seen += inBucket;
    }
    return seen < histogram.count() ? Note.QUANTILE_SKEWED : Note.NONE;
  }

  private double interpolated(double share) {
    if (histogram.usesCustomBounds() || (lower <= 0 && upper >= 0)) {
      return lower + (upper - lower) * share;
    }
    double logLower = Binary.log2(Math.abs(lower));
    double logUpper = Binary.log2(Math.abs(upper));
    if (lower > 0) {
      return Binary.exp2(logLower + (logUpper - logLower) * share);
    }
    return -Binary.exp2(logUpper + (logLower - logUpper) * (1 - share));
  }
}

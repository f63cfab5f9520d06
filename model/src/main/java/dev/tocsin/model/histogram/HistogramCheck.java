package dev.tocsin.model.histogram;

import dev.tocsin.model.text.GoFloat;
import java.math.BigDecimal;
import java.math.RoundingMode;

/// What has to hold for a histogram. The work is bounded by the arrays there are, whatever the
/// spans claim.
///
/// The texts are Prometheus's. What Prometheus lets pass is refused too where it cannot be meant:
/// more than [FloatHistogram#BUCKETS_MAX] buckets, an index that overflows, a zero threshold that
/// is negative or no number.
final class HistogramCheck {
  private static final String NEGATIVE_COUNT =
      "histogram has a bucket whose observation count is negative";
  private static final String NEGATIVE_OFFSET = "histogram has a span whose offset is negative";
  private static final String MISMATCH =
      "histogram spans specify different number of buckets than provided";

  private HistogramCheck() {}

  /// Everything.
  static void all(FloatHistogram histogram) {
    structure(histogram);
    if (!histogram.usesCustomBounds()) {
      counts(histogram.negative(), "negative side: ");
      if (histogram.zeroCount() < 0) {
        throw invalid(
            "zero bucket has observation count of "
                + GoFloat.general(histogram.zeroCount())
                + ": "
                + NEGATIVE_COUNT);
      }
    }
    if (histogram.count() < 0) {
      throw invalid(
          "observation count is  "
              + GoFloat.general(histogram.count())
              + ": histogram's observation count is negative");
    }
    counts(histogram.positive(), "positive side: ");
  }

  /// That the parts fit together, but not that no count is negative: what also holds of a
  /// difference of two histograms.
  static void structure(FloatHistogram histogram) {
    limit(histogram.positive().size() + histogram.negative().size(), "buckets");
    limit(histogram.positive().lengths().length, "spans");
    limit(histogram.negative().lengths().length, "spans");
    limit(histogram.customBounds().length, "custom bounds");
    if (histogram.usesCustomBounds()) {
      custom(histogram);
      return;
    }
    if (!Bounds.isExponential(histogram.schema())) {
      throw invalid(
          "histogram has an invalid schema, which must be between "
              + Bounds.SCHEMA_MIN
              + " and "
              + Bounds.SCHEMA_MAX
              + " for exponential buckets, or "
              + FloatHistogram.CUSTOM_BOUNDS
              + " for custom buckets, got schema "
              + histogram.schema());
    }
    spans(histogram.positive(), "positive side: ");
    spans(histogram.negative(), "negative side: ");
    if (histogram.customBounds().length > 0) {
      throw invalid("histogram with exponential schema must not have custom bounds");
    }
    if (!(histogram.zeroThreshold() >= 0)) {
      throw invalid(
          "histogram has a zero threshold of " + GoFloat.general(histogram.zeroThreshold()));
    }
  }

  private static void limit(int size, String what) {
    if (size > FloatHistogram.BUCKETS_MAX) {
      throw invalid(
          "histogram has " + size + " " + what + ", more than " + FloatHistogram.BUCKETS_MAX);
    }
  }

  private static void spans(Buckets buckets, String place) {
    long needed = sumOfLengths(buckets, place, false);
    if (needed != buckets.size()) {
      throw invalid(place + mismatch(needed, buckets));
    }
    long end = 0;
    for (int i = 0; i < buckets.lengths().length; i++) {
      end += (long) buckets.offsets()[i] + buckets.lengths()[i];
      // An index less is still needed for the lower bound.
      if (end > Integer.MAX_VALUE || (i == 0 && buckets.offsets()[0] == Integer.MIN_VALUE)) {
        throw invalid(place + "span number " + (i + 1) + " ends at an index beyond 32 bits");
      }
    }
  }

  private static String mismatch(long needed, Buckets buckets) {
    return "spans need " + needed + " buckets, have " + buckets.size() + " buckets: " + MISMATCH;
  }

  private static long sumOfLengths(Buckets buckets, String place, boolean firstToo) {
    long sum = 0;
    for (int i = 0; i < buckets.lengths().length; i++) {
      if ((i > 0 || firstToo) && buckets.offsets()[i] < 0) {
        throw invalid(
            place
                + "span number "
                + (i + 1)
                + " with offset "
                + buckets.offsets()[i]
                + ": "
                + NEGATIVE_OFFSET);
      }
      // On the wire it is an unsigned number.
      sum += Integer.toUnsignedLong(buckets.lengths()[i]);
    }
    return sum;
  }

  private static void counts(Buckets buckets, String place) {
    for (int i = 0; i < buckets.size(); i++) {
      double count = buckets.counts()[i];
      if (count < 0) {
        throw invalid(
            place
                + "bucket number "
                + (i + 1)
                + " has observation count of "
                + GoFloat.general(count)
                + ": "
                + NEGATIVE_COUNT);
      }
    }
  }

  private static void custom(FloatHistogram histogram) {
    bounds(histogram.customBounds());
    Buckets buckets = histogram.positive();
    long needed = sumOfLengths(buckets, "custom buckets: ", true);
    if (needed != buckets.size()) {
      throw invalid("custom buckets: " + mismatch(needed, buckets));
    }
    long end = needed;
    for (int offset : buckets.offsets()) {
      end += offset;
    }
    int bounds = histogram.customBounds().length;
    if (bounds + 1 < end) {
      throw invalid(
          "custom buckets: only "
              + bounds
              + " custom bounds defined which is insufficient to cover total span length of "
              + end
              + ": histogram custom bounds are too few");
    }
    if (histogram.zeroCount() != 0) {
      throw invalid("custom buckets: must have zero count of 0");
    }
    if (histogram.zeroThreshold() != 0) {
      throw invalid("custom buckets: must have zero threshold of 0");
    }
    if (histogram.negative().lengths().length > 0) {
      throw invalid("custom buckets: must not have negative spans");
    }
    if (histogram.negative().size() > 0) {
      throw invalid("custom buckets: must not have negative buckets");
    }
  }

  private static void bounds(double[] bounds) {
    double previous = Double.NEGATIVE_INFINITY;
    for (int i = 0; i < bounds.length; i++) {
      if (Double.isNaN(bounds[i])) {
        throw invalid("custom buckets: histogram custom bounds must not be NaN");
      }
      if (i > 0 && bounds[i] <= previous) {
        throw invalid(
            "custom buckets: previous bound is "
                + sixDigits(previous)
                + " and current is "
                + sixDigits(bounds[i])
                + ": histogram custom bounds must be in strictly increasing order");
      }
      previous = bounds[i];
    }
    if (previous == Double.POSITIVE_INFINITY) {
      throw invalid(
          "custom buckets: last +Inf bound must not be explicitly defined: histogram custom bounds"
              + " must be finite");
    }
  }

  private static String sixDigits(double value) {
    return Double.isFinite(value)
        ? new BigDecimal(value).setScale(6, RoundingMode.HALF_EVEN).toPlainString()
        : GoFloat.general(value);
  }

  private static InvalidHistogramException invalid(String message) {
    return new InvalidHistogramException(message);
  }
}

package dev.tocsin.model.histogram;

import dev.tocsin.model.text.GoFloat;
import java.util.ArrayList;
import java.util.List;

/// Histograms as texts, the same as Prometheus's.
final class HistogramText {
  private HistogramText() {}

  static String text(FloatHistogram histogram) {
    StringBuilder out = new StringBuilder("{count:");
    out.append(GoFloat.general(histogram.count()));
    out.append(", sum:").append(GoFloat.general(histogram.sum()));
    List<Bucket> negative = filled(histogram, false);
    for (int i = negative.size() - 1; i >= 0; i--) {
      out.append(", ").append(negative.get(i));
    }
    if (histogram.zeroCount() != 0) {
      double threshold = histogram.zeroThreshold();
      out.append(", ").append(new Bucket(-threshold, threshold, true, true, histogram.zeroCount()));
    }
    for (Bucket bucket : filled(histogram, true)) {
      out.append(", ").append(bucket);
    }
    return out.append('}').toString();
  }

  private static List<Bucket> filled(FloatHistogram histogram, boolean positive) {
    List<Bucket> filled = new ArrayList<>();
    BucketCursor cursor = BucketCursor.outwards(histogram, positive);
    while (cursor.next()) {
      if (cursor.count() != 0) {
        filled.add(cursor.bucket());
      }
    }
    return filled;
  }

  /// The notation has one row of buckets on each side; where the gaps are too large for that, the
  /// text for people.
  static String notation(FloatHistogram original) {
    FloatHistogram histogram = original.compact(Integer.MAX_VALUE);
    if (histogram.positive().lengths().length > 1 || histogram.negative().lengths().length > 1) {
      return text(original);
    }
    List<String> parts = new ArrayList<>();
    if (histogram.schema() != 0) {
      parts.add("schema:" + histogram.schema());
    }
    addNumber(parts, "count:", histogram.count());
    addNumber(parts, "sum:", histogram.sum());
    addNumber(parts, "z_bucket:", histogram.zeroCount());
    addNumber(parts, "z_bucket_w:", histogram.zeroThreshold());
    if (histogram.usesCustomBounds()) {
      parts.add("custom_values:" + numbers(histogram.customBounds()));
    }
    switch (histogram.resetHint()) {
      case UNKNOWN -> {}
      case RESET -> parts.add("counter_reset_hint:reset");
      case NOT_RESET -> parts.add("counter_reset_hint:not_reset");
      case GAUGE -> parts.add("counter_reset_hint:gauge");
    }
    addBuckets(parts, "", histogram.positive());
    addBuckets(parts, "n_", histogram.negative());
    return "{{" + String.join(" ", parts) + "}}";
  }

  private static void addNumber(List<String> parts, String name, double value) {
    if (value != 0) {
      parts.add(name + GoFloat.general(value));
    }
  }

  private static void addBuckets(List<String> parts, String prefix, Buckets buckets) {
    if (buckets.lengths().length > 0 && buckets.offsets()[0] != 0) {
      parts.add(prefix + "offset:" + buckets.offsets()[0]);
    }
    if (buckets.size() > 0) {
      parts.add(prefix + "buckets:" + numbers(buckets.counts()));
    }
  }

  private static String numbers(double[] values) {
    List<String> texts = new ArrayList<>(values.length);
    for (double value : values) {
      texts.add(GoFloat.general(value));
    }
    return "[" + String.join(" ", texts) + "]";
  }
}

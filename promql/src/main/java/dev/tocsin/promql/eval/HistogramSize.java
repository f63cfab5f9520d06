package dev.tocsin.promql.eval;

import dev.tocsin.model.histogram.Buckets;
import dev.tocsin.model.histogram.FloatHistogram;
import org.jspecify.annotations.Nullable;

/// How many samples a native histogram counts for where samples are limited: one for every 16 bytes
/// that it takes in Prometheus. Source: Prometheus, FloatHistogram.Size and HPoint.size.
final class HistogramSize {
  /// Without spans, buckets and bounds; bytes.
  private static final int FIXED_BYTES = 168;

  private static final int BYTES_PER_NUMBER = 8;
  private static final int BYTES_PER_SAMPLE = 16;

  private HistogramSize() {}

  /// In a range or a row of a result.
  static int of(FloatHistogram histogram) {
    return (bytes(histogram) + BYTES_PER_NUMBER) / BYTES_PER_SAMPLE;
  }

  /// As the element of an instant vector.
  static int ofElement(FloatHistogram histogram) {
    return 1 + bytes(histogram) / BYTES_PER_SAMPLE;
  }

  /// Of `histograms[from .. to)`, a float counting for one.
  static long of(@Nullable FloatHistogram[] histograms, int from, int to) {
    long size = 0;
    for (int i = from; i < to; i++) {
      FloatHistogram histogram = histograms[i];
      size += histogram == null ? 1 : of(histogram);
    }
    return size;
  }

  private static int bytes(FloatHistogram histogram) {
    int numbers =
        numbers(histogram.positive())
            + numbers(histogram.negative())
            + histogram.customBounds().length;
    return FIXED_BYTES + BYTES_PER_NUMBER * numbers;
  }

  private static int numbers(Buckets buckets) {
    return buckets.offsets().length + buckets.counts().length;
  }
}

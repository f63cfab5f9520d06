package dev.tocsin.promql.series;

import dev.tocsin.model.histogram.Buckets;
import dev.tocsin.model.histogram.FloatHistogram;
import dev.tocsin.model.histogram.ResetHint;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;
import java.util.stream.DoubleStream;

/// A native histogram of which the opening braces are already passed: `key:value` in any order, up
/// to the closing braces. What is not written is zero or empty.
final class HistogramReader {
  private static final String CONTEXT = "a histogram";
  private static final String KEYS =
      "one of schema, sum, count, z_bucket, z_bucket_w, buckets, offset, n_buckets, n_offset,"
          + " custom_values, counter_reset_hint";
  private static final double[] NONE = {};

  private final Cursor cursor;
  private final Set<String> seen = new HashSet<>();
  private ResetHint hint = ResetHint.UNKNOWN;
  private int schema;
  private double zeroThreshold;
  private double zeroCount;
  private double count;
  private double sum;
  private double[] positive = NONE;
  private int positiveOffset;
  private double[] negative = NONE;
  private int negativeOffset;
  private double[] customBounds = NONE;

  HistogramReader(Cursor cursor) {
    this.cursor = cursor;
  }

  /// @param hintGiven whether the counter reset hint was written
  record Written(FloatHistogram histogram, boolean hintGiven) {}

  Written read() {
    cursor.skipSpaces();
    while (!cursor.accept("}}")) {
      entry();
      if (!Cursor.isSpace(cursor.peek()) && cursor.peek() != '}') {
        throw cursor.unexpected(CONTEXT, "a space or \"}}\"");
      }
      cursor.skipSpaces();
    }
    FloatHistogram histogram =
        new FloatHistogram(
            hint,
            schema,
            zeroThreshold,
            zeroCount,
            count,
            sum,
            buckets(positiveOffset, positive),
            buckets(negativeOffset, negative),
            customBounds);
    return new Written(histogram, seen.contains("counter_reset_hint"));
  }

  private static Buckets buckets(int offset, double[] counts) {
    return counts.length == 0
        ? Buckets.NONE
        : new Buckets(new int[] {offset}, new int[] {counts.length}, counts);
  }

  private void entry() {
    int start = cursor.at();
    String key = cursor.word().toLowerCase(Locale.ROOT);
    if (key.isEmpty()) {
      throw cursor.unexpected(CONTEXT, KEYS);
    }
    if (!seen.add(key)) {
      throw cursor.failure(start, "\"" + key + "\" stands twice in a histogram");
    }
    cursor.expect(":", CONTEXT);
    switch (key) {
      case "schema" -> schema = cursor.integer(key);
      case "sum" -> sum = cursor.signedNumber(key);
      case "count" -> count = cursor.signedNumber(key);
      case "z_bucket" -> zeroCount = cursor.signedNumber(key);
      case "z_bucket_w" -> zeroThreshold = cursor.number(key);
      case "buckets" -> positive = list(key);
      case "offset" -> positiveOffset = cursor.integer(key);
      case "n_buckets" -> negative = list(key);
      case "n_offset" -> negativeOffset = cursor.integer(key);
      case "custom_values" -> customBounds = list(key);
      case "counter_reset_hint" -> hint = hint();
      default -> throw cursor.failure(start, "\"" + key + "\" is unknown, expected " + KEYS);
    }
  }

  private double[] list(String key) {
    cursor.expect("[", key);
    DoubleStream.Builder numbers = DoubleStream.builder();
    cursor.skipSpaces();
    while (!cursor.accept("]")) {
      numbers.add(cursor.signedNumber(key));
      if (!Cursor.isSpace(cursor.peek()) && cursor.peek() != ']') {
        throw cursor.unexpected(key, "a space or \"]\"");
      }
      cursor.skipSpaces();
    }
    return numbers.build().toArray();
  }

  private ResetHint hint() {
    int start = cursor.at();
    String word = cursor.word();
    return switch (word.toLowerCase(Locale.ROOT)) {
      case "unknown" -> ResetHint.UNKNOWN;
      case "reset" -> ResetHint.RESET;
      case "not_reset" -> ResetHint.NOT_RESET;
      case "gauge" -> ResetHint.GAUGE;
      default ->
          throw cursor.failure(
              start,
              "\"" + word + "\" is no counter reset hint: unknown, reset, not_reset or gauge");
    };
  }
}

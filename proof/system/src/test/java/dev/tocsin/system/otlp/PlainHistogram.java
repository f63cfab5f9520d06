package dev.tocsin.system.otlp;

import dev.tocsin.bench.json.Json;
import io.opentelemetry.sdk.metrics.data.ExponentialHistogramBuckets;
import io.opentelemetry.sdk.metrics.data.ExponentialHistogramPointData;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/// A native histogram as its buckets: their upper ends, each with its count.
///
/// @param scale of the buckets above zero; one less has buckets twice as wide
/// @param buckets by their place, those with nothing left out
record PlainHistogram(
    int scale, double count, double sum, double zeros, Map<Integer, Double> buckets) {
  /// The finest scale that a native histogram has.
  private static final int SCALE_MAX = 8;

  static PlainHistogram of(ExponentialHistogramPointData point) {
    if (point.getNegativeBuckets().getTotalCount() > 0) {
      throw new IllegalArgumentException("nobody records below zero here");
    }
    ExponentialHistogramBuckets some = point.getPositiveBuckets();
    Map<Integer, Double> buckets = new TreeMap<>();
    for (int i = 0; i < some.getBucketCounts().size(); i++) {
      double count = some.getBucketCounts().get(i);
      if (count > 0) {
        buckets.put(some.getOffset() + i, count);
      }
    }
    PlainHistogram whole =
        new PlainHistogram(
            point.getScale(), point.getCount(), point.getSum(), point.getZeroCount(), buckets);
    return whole.atScale(Math.min(point.getScale(), SCALE_MAX));
  }

  private PlainHistogram atScale(int wanted) {
    Map<Integer, Double> merged = new TreeMap<>();
    buckets.forEach((place, count) -> merged.merge(place >> (scale - wanted), count, Double::sum));
    return new PlainHistogram(wanted, count, sum, zeros, merged);
  }

  PlainHistogram plus(PlainHistogram other) {
    int coarser = Math.min(scale, other.scale);
    Map<Integer, Double> all = new TreeMap<>(atScale(coarser).buckets);
    other.atScale(coarser).buckets.forEach((place, its) -> all.merge(place, its, Double::sum));
    return new PlainHistogram(
        coarser, count + other.count, sum + other.sum, zeros + other.zeros, all);
  }

  /// As the query API shows it, with bounds in nine digits.
  String shown() {
    StringBuilder out = new StringBuilder(head(count, sum));
    if (zeros > 0) {
      out.append(" zero:").append(zeros);
    }
    buckets.forEach(
        (place, its) -> {
          double base = Math.pow(2, Math.scalb(1.0, -scale));
          out.append(bucket(Math.pow(base, place), Math.pow(base, place + 1.0), its));
        });
    return out.toString();
  }

  /// The same of an answer of the query API: `{count, sum, buckets: [[rule, from, to, count]]}`.
  static String shown(Json histogram) {
    double count = histogram.get("count").number();
    StringBuilder out = new StringBuilder(head(count, histogram.get("sum").number()));
    for (Json bucket :
        histogram.has("buckets") ? histogram.get("buckets").list() : List.<Json>of()) {
      List<Json> parts = bucket.list();
      double from = parts.get(1).number();
      double its = parts.get(3).number();
      out.append(from <= 0 ? " zero:" + its : bucket(from, parts.get(2).number(), its));
    }
    return out.toString();
  }

  private static String head(double count, double sum) {
    return "count:" + count + " sum:" + sum;
  }

  private static String bucket(double from, double to, double count) {
    return String.format(Locale.ROOT, " (%.8e,%.8e]:%s", from, to, count);
  }
}

package dev.tocsin.promql.script;

import dev.tocsin.model.histogram.Buckets;
import dev.tocsin.model.histogram.FloatHistogram;
import dev.tocsin.model.histogram.ResetHint;
import dev.tocsin.model.labels.Labels;
import dev.tocsin.promql.eval.number.GoMath;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// Makes native histograms with custom buckets of classic ones: of the series `name_bucket`,
/// `name_count` and `name_sum`, at each time of theirs, one of the series `name` without `le`.
/// Source: Prometheus, util/convertnhcb.
final class ClassicHistograms {
  private static final String BUCKET_LABEL = "le";
  private static final String BUCKET = "_bucket";
  private static final String COUNT = "_count";
  private static final String SUM = "_sum";

  private final Map<Labels, NavigableMap<Long, Parts>> series = new LinkedHashMap<>();

  /// What is known of one classic histogram at one time.
  private static final class Parts {
    /// How many observations are at most the key.
    private final NavigableMap<Double, Double> cumulative = new TreeMap<>();

    private @Nullable Double count;
    private double sum;
  }

  /// A float sample of any series; most are no part of a histogram.
  void add(Labels labels, long timeMs, double value) {
    String name = labels.metricName();
    if (name.endsWith(BUCKET)) {
      if (!labels.has(BUCKET_LABEL)) {
        throw new IllegalArgumentException(labels + " has no label le");
      }
      boolean[] ok = new boolean[1];
      double bound = GoMath.parse(labels.get(BUCKET_LABEL), ok);
      if (ok[0] && !Double.isNaN(bound)) {
        // Without the negative zero, which a sorted map tells from zero.
        parts(labels, BUCKET, timeMs).cumulative.putIfAbsent(bound + 0.0, value);
      }
    } else if (name.endsWith(COUNT)) {
      parts(labels, COUNT, timeMs).count = value;
    } else if (name.endsWith(SUM)) {
      parts(labels, SUM, timeMs).sum = value;
    }
  }

  private Parts parts(Labels labels, String suffix, long timeMs) {
    String name = labels.metricName();
    Labels base =
        labels.toBuilder()
            .set(Labels.METRIC_NAME, name.substring(0, name.length() - suffix.length()))
            .remove(BUCKET_LABEL)
            .build();
    return series
        .computeIfAbsent(base, _ -> new TreeMap<>())
        .computeIfAbsent(timeMs, _ -> new Parts());
  }

  /// Throws [IllegalArgumentException] where parts contradict each other.
  void addTo(MemorySeries target) {
    series.forEach(
        (labels, times) ->
            times.forEach((timeMs, parts) -> target.add(labels, timeMs, converted(parts), 0)));
  }

  private static FloatHistogram converted(Parts parts) {
    NavigableMap<Double, Double> cumulative = parts.cumulative;
    Double given = parts.count;
    double count =
        given != null ? given : cumulative.isEmpty() ? 0 : cumulative.lastEntry().getValue();
    if (count < 0) {
      throw new IllegalArgumentException("count must be non-negative: count=" + count);
    }
    // The last bucket is without bound, and holds what the others do not.
    cumulative.putIfAbsent(Double.POSITIVE_INFINITY, count);
    double[] bounds = new double[cumulative.size() - 1];
    double[] counts = new double[cumulative.size()];
    double before = 0;
    int i = 0;
    for (Map.Entry<Double, Double> bucket : cumulative.entrySet()) {
      double upTo = bucket.getValue();
      if (upTo < before) {
        throw new IllegalArgumentException(
            "count is not cumulative: " + upTo + " < " + before + " at le=" + bucket.getKey());
      }
      counts[i] = upTo - before;
      before = upTo;
      if (i < bounds.length) {
        bounds[i] = bucket.getKey();
      }
      i++;
    }
    if (count != before && !(Double.isNaN(count) && Double.isNaN(before))) {
      throw new IllegalArgumentException("count mismatch: count=" + count + " != " + before);
    }
    FloatHistogram histogram =
        new FloatHistogram(
            ResetHint.UNKNOWN,
            FloatHistogram.CUSTOM_BOUNDS,
            0,
            0,
            count,
            parts.sum,
            new Buckets(new int[] {0}, new int[] {counts.length}, counts),
            Buckets.NONE,
            bounds);
    return histogram.compact(0);
  }
}

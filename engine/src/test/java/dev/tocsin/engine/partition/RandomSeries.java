package dev.tocsin.engine.partition;

import dev.tocsin.model.batch.StaleMarker;
import dev.tocsin.model.histogram.Buckets;
import dev.tocsin.model.histogram.FloatHistogram;
import dev.tocsin.model.histogram.ResetHint;
import dev.tocsin.model.labels.Labels;
import dev.tocsin.promql.data.Matcher;
import dev.tocsin.promql.data.SeriesData;
import dev.tocsin.promql.data.SeriesSource;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/// A few series with few label values, so that they often meet: labels absent, gaps, stale markers,
/// classic and native histograms, info series. Samples every 15 s from 0 to [#END_MS].
record RandomSeries(List<SeriesData> all) implements SeriesSource {
  static final long STEP_MS = 15_000;
  static final long END_MS = 600_000;
  private static final List<String> METRICS = List.of("m", "m", "n", "o_total", "target_info");

  static RandomSeries of(RandomGenerator random) {
    TreeMap<Integer, SeriesData> shuffled = new TreeMap<>();
    List<Labels> seen = new ArrayList<>();
    int count = random.nextInt(2, 22);
    for (int i = 0; i < count; i++) {
      Labels labels = labels(random);
      if (!seen.contains(labels)) {
        seen.add(labels);
        shuffled.put(random.nextInt(), samples(labels, random));
      }
    }
    return new RandomSeries(List.copyOf(shuffled.values()));
  }

  private static Labels labels(RandomGenerator random) {
    Labels.Builder labels = Labels.builder();
    if (random.nextInt(5) == 0) {
      labels.set(Labels.METRIC_NAME, "h_bucket");
      labels.set("le", List.of("0.1", "1", "+Inf", "odd").get(random.nextInt(4)));
    } else if (random.nextInt(8) == 0) {
      labels.set(Labels.METRIC_NAME, "nh");
    } else {
      labels.set(Labels.METRIC_NAME, METRICS.get(random.nextInt(METRICS.size())));
    }
    for (String name : List.of("a", "b", "instance")) {
      // Absent in a third of the cases.
      labels.set(name, List.of("", "1", "2").get(random.nextInt(3)));
    }
    if (random.nextInt(4) == 0) {
      labels.set("job", "1");
    }
    if (random.nextInt(12) == 0) {
      labels.set("__type__", "gauge");
    }
    return labels.build();
  }

  private static SeriesData samples(Labels labels, RandomGenerator random) {
    boolean natives = labels.metricName().equals("nh");
    int sizeMax = (int) (END_MS / STEP_MS) + 1;
    long[] times = new long[sizeMax];
    double[] values = new double[sizeMax];
    @Nullable FloatHistogram[] histograms = new @Nullable FloatHistogram[sizeMax];
    int from = random.nextInt(3) == 0 ? random.nextInt(sizeMax) : 0;
    int until = random.nextInt(4) == 0 ? random.nextInt(sizeMax) : sizeMax;
    int size = 0;
    double value = random.nextInt(5);
    for (int i = from; i < until; i++) {
      if (random.nextInt(8) == 0) {
        continue;
      }
      // Few values, so that some are equal; seldom a reset.
      value = random.nextInt(10) == 0 ? 0 : value + random.nextInt(3) * 0.5;
      times[size] = i * STEP_MS;
      values[size] = odd(random, value);
      if (natives && random.nextInt(6) != 0) {
        histograms[size] = histogram(value);
      }
      size++;
    }
    return new SeriesData(labels, times, values, natives ? histograms : null, null, 0, size);
  }

  private static double odd(RandomGenerator random, double value) {
    return switch (random.nextInt(30)) {
      case 0 -> StaleMarker.VALUE;
      case 1 -> Double.NaN;
      case 2 -> Double.POSITIVE_INFINITY;
      default -> value;
    };
  }

  private static FloatHistogram histogram(double count) {
    Buckets buckets = new Buckets(new int[] {0}, new int[] {1}, new double[] {count});
    return new FloatHistogram(
        ResetHint.UNKNOWN, 0, 0, 0, count, count, buckets, Buckets.NONE, new double[0]);
  }

  /// Only the series that belong to that part.
  RandomSeries restrict(Predicate<Labels> wanted) {
    return new RandomSeries(all.stream().filter(series -> wanted.test(series.labels())).toList());
  }

  @Override
  public List<SeriesData> select(List<Matcher> matchers, long minTimeMs, long maxTimeMs) {
    return all.stream()
        .filter(series -> matchers.stream().allMatch(matcher -> matcher.accepts(series.labels())))
        .map(series -> between(series, minTimeMs, maxTimeMs))
        .toList();
  }

  private static SeriesData between(SeriesData data, long minTimeMs, long maxTimeMs) {
    int from = data.from();
    while (from < data.to() && data.timesMs()[from] < minTimeMs) {
      from++;
    }
    int to = data.to();
    while (to > from && data.timesMs()[to - 1] > maxTimeMs) {
      to--;
    }
    return new SeriesData(
        data.labels(), data.timesMs(), data.values(), data.histograms(), null, from, to);
  }

  /// For failures.
  @Override
  public String toString() {
    StringBuilder text = new StringBuilder();
    for (SeriesData series : all) {
      text.append(series.labels()).append('\n');
    }
    return text.toString();
  }
}

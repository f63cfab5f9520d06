package dev.tocsin.bench.fuzz.data;

import dev.tocsin.bench.fuzz.query.Vocabulary;
import dev.tocsin.model.batch.StaleMarker;
import dev.tocsin.model.histogram.FloatHistogram;
import dev.tocsin.model.labels.Labels;
import dev.tocsin.promql.data.SeriesData;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/// Makes a set of series: counters with resets, gauges, odd values, classic and native histograms,
/// with gaps, jitter and stale markers.
public final class RandomSeries {
  private static final long INTERVAL_MS = 15_000;

  /// Samples of one series: an hour's.
  private static final int SAMPLES_MAX = (int) (Vocabulary.LENGTH_SECONDS * 1000 / INTERVAL_MS);

  private static final double[] ODD = {
    0,
    -0.0,
    1,
    -1,
    Double.NaN,
    Double.POSITIVE_INFINITY,
    Double.NEGATIVE_INFINITY,
    Double.MAX_VALUE,
    -Double.MAX_VALUE,
    Double.MIN_VALUE,
    1e-300,
    9007199254740991.0,
    0.1
  };

  private static final String[] BOUNDS = {"0.1", "0.5", "1", "5", "+Inf"};

  private final SplittableRandom chance;
  private final List<SeriesData> made = new ArrayList<>();

  private RandomSeries(SplittableRandom chance) {
    this.chance = chance;
  }

  /// @param histograms whether native histograms are among them
  public static SeriesSet make(SplittableRandom chance, boolean histograms) {
    RandomSeries random = new RandomSeries(chance);
    for (String job : List.of("api", "web")) {
      for (String instance : List.of("a:1", "b:2")) {
        random.instance(job, instance, histograms);
      }
    }
    return new SeriesSet(random.made);
  }

  private void instance(String job, String instance, boolean histograms) {
    Labels base = Labels.of("job", job, "instance", instance);
    for (String code : List.of("200", "500")) {
      add(named(base, Vocabulary.COUNTER, "code", code), counter(1 + chance.nextInt(100)));
    }
    add(named(base, Vocabulary.GAUGE, "zone", chance.nextBoolean() ? "é" : ""), gauge());
    add(named(base, Vocabulary.ODD), odd());
    double[] bucket = new double[SAMPLES_MAX];
    for (String bound : BOUNDS) {
      double[] more = counter(3);
      Arrays.setAll(bucket, i -> bucket[i] + more[i]);
      add(named(base, Vocabulary.CLASSIC, "le", bound), bucket.clone());
    }
    add(named(base, Vocabulary.INFO, "zone", "north", "code", "1"), constant(1));
    if (chance.nextBoolean()) {
      add(named(base, Vocabulary.QUOTED, "geo.zone", "x\ty"), gauge());
    }
    if (histograms) {
      RandomHistograms natives = new RandomHistograms(chance);
      boolean gauge = chance.nextInt(3) == 0;
      add(named(base, Vocabulary.NATIVE), constant(0), natives.series(SAMPLES_MAX, gauge));
      @Nullable FloatHistogram[] some = natives.series(SAMPLES_MAX, gauge);
      for (int i = 0; i < some.length; i++) {
        some[i] = chance.nextInt(3) == 0 ? null : some[i];
      }
      add(named(base, Vocabulary.MIXED), counter(5), some);
    }
  }

  private static Labels named(Labels base, String name, String... more) {
    Labels.Builder labels = base.toBuilder().set(Labels.METRIC_NAME, name);
    for (int i = 0; i < more.length; i += 2) {
      if (!more[i + 1].isEmpty()) {
        labels.set(more[i], more[i + 1]);
      }
    }
    return labels.build();
  }

  private double[] counter(int most) {
    double[] values = new double[SAMPLES_MAX];
    double value = chance.nextInt(1000);
    for (int i = 0; i < values.length; i++) {
      value = chance.nextInt(60) == 0 ? 0 : value + chance.nextInt(most + 1);
      values[i] = value;
    }
    return values;
  }

  private double[] gauge() {
    double[] values = new double[SAMPLES_MAX];
    double value = 20;
    for (int i = 0; i < values.length; i++) {
      value += chance.nextDouble() - 0.5;
      values[i] = value;
    }
    return values;
  }

  private double[] odd() {
    double[] values = new double[SAMPLES_MAX];
    Arrays.setAll(values, _ -> ODD[chance.nextInt(ODD.length)]);
    return values;
  }

  private static double[] constant(double value) {
    double[] values = new double[SAMPLES_MAX];
    Arrays.fill(values, value);
    return values;
  }

  private void add(Labels labels, double[] values) {
    add(labels, values, null);
  }

  /// Takes samples out, moves some in time, and ends the series now and then.
  private void add(
      Labels labels, double[] values, @Nullable FloatHistogram @Nullable [] histograms) {
    boolean jitter = chance.nextInt(4) == 0;
    long[] times = new long[values.length];
    @Nullable FloatHistogram @Nullable [] kept =
        histograms == null ? null : new @Nullable FloatHistogram[values.length];
    int count = 0;
    int gap = 0;
    for (int i = 0; i < values.length; i++) {
      if (gap > 0) {
        gap--;
        continue;
      }
      boolean ends = chance.nextInt(80) == 0;
      gap = ends || chance.nextInt(50) == 0 ? chance.nextInt(40) : 0;
      long late = jitter ? chance.nextLong(INTERVAL_MS / 2) : 0;
      times[count] = Vocabulary.BEGIN_SECONDS * 1000 + i * INTERVAL_MS + late;
      values[count] = ends ? StaleMarker.VALUE : values[i];
      if (kept != null && histograms != null) {
        kept[count] = ends ? null : histograms[i];
      }
      count++;
    }
    made.add(new SeriesData(labels, times, values, kept, null, 0, count));
  }
}

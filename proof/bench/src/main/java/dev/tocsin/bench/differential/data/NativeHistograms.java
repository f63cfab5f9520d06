package dev.tocsin.bench.differential.data;

import dev.tocsin.model.histogram.FloatHistogram;
import dev.tocsin.model.labels.Labels;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/// Families of native histograms: whole and fractional counts, several resolutions, zero buckets,
/// gauges, bounds of their own, and series that alternate with floats.
final class NativeHistograms {
  private final RandomGenerator chance;
  private final long spanMs;

  NativeHistograms(RandomGenerator chance, long spanMs) {
    this.chance = chance;
    this.spanMs = spanMs;
  }

  List<Family> families(List<Labels> labels) {
    return List.of(
        family("nh_seconds", FamilyKind.NATIVE, Pace.GRID, labels, c -> new Observed(c, 2)),
        family(
            "nh_fine",
            FamilyKind.NATIVE,
            Pace.JITTERED,
            labels,
            c -> new Observed(c, 5).fractional()),
        family(
            "nh_schemas", FamilyKind.NATIVE, Pace.GRID, labels, c -> new Observed(c, 3).changing()),
        family("nh_signed", FamilyKind.NATIVE, Pace.GRID, labels, c -> new Observed(c, 1).signed()),
        family("nh_zero", FamilyKind.NATIVE, Pace.SLOW, labels, c -> new Observed(c, 0).widening()),
        family(
            "nh_custom",
            FamilyKind.NATIVE,
            Pace.GRID,
            labels,
            c -> new Observed(c, FloatHistogram.CUSTOM_BOUNDS)),
        family(
            "nh_gauge", FamilyKind.NATIVE_ODD, Pace.GRID, labels, c -> new Observed(c, 2).gauge()),
        alternating(labels));
  }

  private Family family(
      String name,
      FamilyKind kind,
      Pace pace,
      List<Labels> labels,
      Function<RandomGenerator, Observed> observed) {
    List<PlannedSeries> all = new ArrayList<>();
    for (Labels each : labels) {
      if (all.isEmpty() || chance.nextInt(9) != 0) {
        all.add(series(name, each, pace.moments(chance, spanMs), observed.apply(chance), false));
      }
    }
    return new Family(name, kind, all);
  }

  private Family alternating(List<Labels> labels) {
    List<PlannedSeries> all = new ArrayList<>();
    for (Labels each : labels) {
      List<Pace.Moment> moments = Pace.SLOW.moments(chance, spanMs);
      all.add(series("nh_or_float", each, moments, new Observed(chance, 2), true));
    }
    return new Family("nh_or_float", FamilyKind.NATIVE_ODD, all);
  }

  private PlannedSeries series(
      String name, Labels labels, List<Pace.Moment> moments, Observed observed, boolean floats) {
    int count = moments.size();
    long[] times = new long[count];
    double[] values = new double[count];
    @Nullable FloatHistogram[] histograms = new @Nullable FloatHistogram[count];
    boolean isFloat = false;
    for (int i = 0; i < count; i++) {
      times[i] = moments.get(i).timeMs();
      isFloat ^= floats && chance.nextInt(5) == 0;
      FloatHistogram next = observed.next();
      if (moments.get(i).stale()) {
        values[i] = Values.STALE;
      } else if (isFloat) {
        values[i] = next.count();
      } else {
        values[i] = Double.NaN;
        histograms[i] = next;
      }
    }
    Labels named = labels.toBuilder().set(Labels.METRIC_NAME, name).build();
    return new PlannedSeries(named, times, values, histograms);
  }
}

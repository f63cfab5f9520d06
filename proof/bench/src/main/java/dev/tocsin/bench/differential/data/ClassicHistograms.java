package dev.tocsin.bench.differential.data;

import dev.tocsin.model.labels.Labels;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;

/// Classic histograms: a counter for each upper bound, a sum and a count.
final class ClassicHistograms {
  private static final List<String> BOUNDS =
      List.of("0.05", "0.1", "0.25", "1", "2.5", "10", "+Inf");

  private final RandomGenerator chance;
  private final long spanMs;

  ClassicHistograms(RandomGenerator chance, long spanMs) {
    this.chance = chance;
    this.spanMs = spanMs;
  }

  /// As a client library makes them: buckets are cumulative and are reset together.
  List<Family> sound(String name, List<Labels> labels) {
    List<PlannedSeries> buckets = new ArrayList<>();
    List<PlannedSeries> sums = new ArrayList<>();
    List<PlannedSeries> counts = new ArrayList<>();
    for (Labels each : labels) {
      List<Pace.Moment> moments = Pace.GRID.moments(chance, spanMs);
      double[][] cumulative = new double[BOUNDS.size()][moments.size()];
      double[] sum = new double[moments.size()];
      observe(cumulative, sum);
      for (int b = 0; b < BOUNDS.size(); b++) {
        buckets.add(series(name + "_bucket", each, BOUNDS.get(b), moments, cumulative[b]));
      }
      sums.add(series(name + "_sum", each, "", moments, sum));
      counts.add(series(name + "_count", each, "", moments, cumulative[BOUNDS.size() - 1]));
    }
    return List.of(
        new Family(name + "_bucket", FamilyKind.BUCKET, buckets),
        new Family(name + "_sum", FamilyKind.COUNTER, sums),
        new Family(name + "_count", FamilyKind.COUNTER, counts));
  }

  private void observe(double[][] cumulative, double[] sum) {
    int bounds = cumulative.length;
    double[] counts = new double[bounds];
    double total = 0;
    for (int i = 0; i < sum.length; i++) {
      if (chance.nextInt(70) == 0) {
        counts = new double[bounds];
        total = 0;
      }
      double below = 0;
      for (int b = 0; b < bounds; b++) {
        int more = chance.nextInt(3) == 0 ? chance.nextInt(9) : 0;
        counts[b] += more;
        total += more * (b + 0.3) * 0.2;
        below += counts[b];
        cumulative[b][i] = below;
      }
      sum[i] = total;
    }
  }

  /// As a broken client makes them: not monotonic, without an infinite bound, bounds that are no
  /// numbers, or the same bound twice.
  Family broken(String name) {
    List<PlannedSeries> all = new ArrayList<>();
    all.addAll(group(name, "unsorted", List.of("0.1", "0.5", "1", "+Inf"), false));
    all.addAll(group(name, "endless", List.of("0.1", "0.5", "1"), true));
    all.addAll(group(name, "wordy", List.of("0.1", "one", "1", "+Inf"), true));
    all.addAll(group(name, "twice", List.of("0.1", "0.5", "0.50", "1e0", "+Inf"), true));
    all.addAll(group(name, "alone", List.of("+Inf"), true));
    all.addAll(group(name, "negative", List.of("-5", "-1", "+Inf"), true));
    return new Family(name, FamilyKind.BUCKET, all);
  }

  private List<PlannedSeries> group(
      String name, String kind, List<String> bounds, boolean monotonic) {
    List<Pace.Moment> moments = Pace.SLOW.moments(chance, spanMs);
    List<PlannedSeries> all = new ArrayList<>();
    double[] below = new double[moments.size()];
    for (String bound : bounds) {
      double[] values = new double[moments.size()];
      for (int i = 0; i < values.length; i++) {
        double more = chance.nextInt(12);
        values[i] = (i == 0 ? 0 : values[i - 1]) + more;
        if (monotonic) {
          values[i] = Math.max(values[i], below[i]);
          below[i] = values[i];
        }
      }
      all.add(series(name, Labels.of("kind", kind), bound, moments, values));
    }
    return all;
  }

  private static PlannedSeries series(
      String name, Labels labels, String bound, List<Pace.Moment> moments, double[] values) {
    Labels all = labels.toBuilder().set(Labels.METRIC_NAME, name).set("le", bound).build();
    long[] times = new long[moments.size()];
    double[] numbers = new double[times.length];
    for (int i = 0; i < times.length; i++) {
      times[i] = moments.get(i).timeMs();
      numbers[i] = moments.get(i).stale() ? Values.STALE : values[i];
    }
    return new PlannedSeries(all, times, numbers);
  }
}

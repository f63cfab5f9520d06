package dev.tocsin.bench.differential.data;

import dev.tocsin.model.labels.Labels;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Function;
import java.util.random.RandomGenerator;

/// All series of a run, from its seed alone.
public final class Plan {
  /// From the first sample to the last: less than the hour that both sides accept.
  public static final long SPAN_MS = 45 * 60_000;

  private static final List<String> JOBS = List.of("api", "web");
  private static final List<String> INSTANCES = List.of("i1", "i2", "i3");
  private static final List<String> METHODS = List.of("get", "post");

  private final RandomGenerator chance;
  private final List<Family> families = new ArrayList<>();

  private Plan(long seed) {
    this.chance = new SplittableRandom(seed);
  }

  public static List<Family> of(long seed) {
    Plan plan = new Plan(seed);
    plan.counters();
    plan.gauges();
    plan.odd();
    plan.infos();
    plan.clocks();
    plan.histograms();
    plan.families.addAll(new NativeHistograms(plan.chance, SPAN_MS).families(plain()));
    return List.copyOf(plan.families);
  }

  private void counters() {
    family("requests_total", FamilyKind.COUNTER, Pace.GRID, Values::counter, withCodes());
    family("errors_total", FamilyKind.COUNTER, Pace.JITTERED, Values::counter, withMethods());
    // No name of a counter: rate() remarks on it.
    family("bytes_sent", FamilyKind.COUNTER, Pace.JITTERED, Values::counter, withMethods());
    family("restarts_total", FamilyKind.COUNTER, Pace.SLOW, Values::counter, plain());
  }

  private void gauges() {
    family("celsius", FamilyKind.GAUGE, Pace.GRID, Values::wave, withMethods());
    family("queue_length", FamilyKind.GAUGE, Pace.GRID, Values::smallWhole, withMethods());
    family("level", FamilyKind.GAUGE, Pace.JITTERED, Values::steps, plain());
    family("steady", FamilyKind.GAUGE, Pace.STEADY, Values::wave, withMethods());
    family("sparse", FamilyKind.GAUGE, Pace.SPARSE, Values::steps, plain());
    List<Labels> releases = new ArrayList<>();
    for (String release : List.of("v1.9", "v1.10", "v2", "v10", "v1.9-rc1", "V2", "ü", "a\"b\\c")) {
      releases.add(Labels.of("job", "api", "release", release));
    }
    family("shipped", FamilyKind.GAUGE, Pace.SLOW, Values::steps, releases);
    family("dotted.name", FamilyKind.GAUGE, Pace.SLOW, Values::wave, plain());
  }

  private void odd() {
    odd("nan", Double.NaN);
    odd("inf", Double.POSITIVE_INFINITY);
    odd("infs", Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY);
    odd("zero", 0.0, -0.0);
    odd("large", 1e300, 1e18);
    // None that are subnormal: Go's logarithm is wrong for those on amd64.
    odd("small", 1e-300, Double.MIN_NORMAL);
    odd("mixed", Double.NaN, Double.POSITIVE_INFINITY, 1e17, -0.0, 1e-17);
  }

  private void odd(String kind, double... values) {
    List<Labels> labels = new ArrayList<>();
    for (String instance : INSTANCES) {
      labels.add(Labels.of("instance", instance, "kind", kind));
    }
    family(
        "odd_" + kind,
        FamilyKind.ODD,
        Pace.GRID,
        random -> Values.sometimes(random, values),
        labels);
  }

  private void infos() {
    List<Labels> builds = new ArrayList<>();
    List<Labels> targets = new ArrayList<>();
    int number = 0;
    for (Labels each : plain()) {
      builds.add(
          each.toBuilder()
              .set("version", "1." + number % 3)
              .set("branch", number % 2 == 0 ? "main" : "old")
              .build());
      targets.add(each.toBuilder().set("region", "r" + number % 2).set("zone", "z1").build());
      number++;
    }
    Function<RandomGenerator, Values> one = _ -> Values.constant(1);
    family("build_info", FamilyKind.INFO, Pace.GRID, one, builds);
    // info() of the peer's version mixes series up where one is absent for a while.
    family("target_info", FamilyKind.INFO, Pace.STEADY, one, targets);
  }

  private void clocks() {
    List<Labels> labels = new ArrayList<>();
    for (int i = 0; i < 8; i++) {
      labels.add(Labels.of("instance", INSTANCES.get(i % 3), "clock", "c" + i));
    }
    family(
        "clock_seconds",
        FamilyKind.CLOCK,
        Pace.SLOW,
        random -> {
          // From 1834 to 2106.
          double seconds = random.nextLong(-4_294_967_296L, 4_294_967_296L);
          return timeMs -> seconds + timeMs / 1000.0;
        },
        labels);
  }

  private void histograms() {
    ClassicHistograms classic = new ClassicHistograms(chance, SPAN_MS);
    families.addAll(classic.sound("latency_seconds", plain()));
    families.addAll(classic.sound("size_bytes", List.of(Labels.of("job", "api"))));
    families.add(classic.broken("broken_bucket"));
  }

  private void family(
      String name,
      FamilyKind kind,
      Pace pace,
      Function<RandomGenerator, Values> values,
      List<Labels> labels) {
    List<PlannedSeries> series = new ArrayList<>();
    for (Labels each : labels) {
      // Some are left out, so that not everything finds its match.
      if (series.isEmpty() || chance.nextInt(9) != 0) {
        Labels named = each.toBuilder().set(Labels.METRIC_NAME, name).build();
        series.add(series(named, pace.moments(chance, SPAN_MS), values.apply(chance)));
      }
    }
    families.add(new Family(name, kind, series));
  }

  static PlannedSeries series(Labels labels, List<Pace.Moment> moments, Values values) {
    long[] times = new long[moments.size()];
    double[] numbers = new double[times.length];
    for (int i = 0; i < times.length; i++) {
      times[i] = moments.get(i).timeMs();
      numbers[i] = moments.get(i).stale() ? Values.STALE : values.next(times[i]);
    }
    return new PlannedSeries(labels, times, numbers);
  }

  private static List<Labels> plain() {
    List<Labels> all = new ArrayList<>();
    for (String job : JOBS) {
      for (String instance : INSTANCES) {
        all.add(Labels.of("job", job, "instance", instance));
      }
    }
    return all;
  }

  private static List<Labels> withMethods() {
    return spread(plain(), "method", METHODS);
  }

  private static List<Labels> withCodes() {
    return spread(withMethods(), "code", List.of("200", "404", "500"));
  }

  private static List<Labels> spread(List<Labels> labels, String name, List<String> values) {
    List<Labels> all = new ArrayList<>();
    for (Labels each : labels) {
      for (String value : values) {
        all.add(each.toBuilder().set(name, value).build());
      }
    }
    return all;
  }
}

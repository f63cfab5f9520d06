package dev.tocsin.engine.incremental;

import dev.tocsin.model.batch.StaleMarker;
import dev.tocsin.model.labels.Labels;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;

/// Random series, delivered as they would arrive: counters that reset, gauges, constants, numbers of
/// any size, with gaps, stale markers, NaN and infinities.
final class Weather {
  /// When it starts: some Wednesday.
  static final long START_MS = 1_700_000_123_456L;

  private final RandomGenerator random;
  private final List<Source> sources = new ArrayList<>();
  private final boolean rough;

  private final class Source {
    final Labels labels;
    final long intervalMs;
    final int style;
    final double size;
    final double rest = random.nextDouble();
    long nextMs;
    double value;
    long silentUntilMs;

    Source(Labels labels, int style) {
      this.labels = labels;
      this.style = style;
      this.intervalMs = new long[] {5000, 10_000, 15_000, 15_000, 30_000}[random.nextInt(5)];
      this.nextMs = START_MS + random.nextLong(intervalMs);
      this.size = rough && random.nextInt(6) == 0 ? Math.pow(10, random.nextInt(-12, 300)) : 1;
      this.value = style == 2 ? random.nextInt(5) : random.nextInt(3) * 10;
    }

    double next() {
      switch (style) {
        case 0 -> value += random.nextInt(3) == 0 ? random.nextInt(20) : 0;
        case 1 -> value += rest > 0.6 ? random.nextInt(10) : rest > 0.3 ? random.nextDouble() : 0;
        case 2 -> value = rest > 0.5 ? value : random.nextInt(-2, 6);
        default -> value = random.nextGaussian() * 100;
      }
      if (style < 2 && random.nextInt(40) == 0) {
        value = random.nextInt(3);
      }
      if (rough && random.nextInt(60) == 0) {
        return new double[] {
          Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY, -0.0, -5, 1e300
        }[random.nextInt(6)];
      }
      return value * size;
    }
  }

  /// @param rough with stale markers, gaps, NaN, infinities and numbers of any size
  Weather(RandomGenerator random, boolean rough) {
    this.random = random;
    this.rough = rough;
    for (String name : List.of("c", "d", "g", "n")) {
      int count = random.nextInt(name.equals("n") ? 2 : 4);
      for (int i = 0; i < count; i++) {
        Labels labels =
            Labels.of("__name__", name, "x", "" + (1 + i / 2), "y", i % 2 == 0 ? "a" : "b");
        int style = name.equals("g") || name.equals("n") ? 2 + random.nextInt(2) : random.nextInt(2);
        sources.add(new Source(labels, style));
      }
    }
    if (random.nextInt(3) > 0) {
      for (String le : List.of("0.1", "0.5", "1", "10", "+Inf")) {
        for (String x : random.nextBoolean() ? List.of("1") : List.of("1", "2")) {
          sources.add(new Source(Labels.of("__name__", "h", "le", le, "x", x), 0));
        }
      }
    }
  }

  /// Delivers everything up to a time.
  void deliver(Scene scene, long untilMs) {
    for (Source source : sources) {
      while (source.nextMs <= untilMs) {
        deliver(scene, source);
        long jitter = random.nextInt(5) == 0 ? random.nextLong(source.intervalMs / 2) : 0;
        source.nextMs += Math.max(1, source.intervalMs - jitter);
      }
    }
  }

  private void deliver(Scene scene, Source source) {
    if (source.nextMs < source.silentUntilMs) {
      return;
    }
    if (rough && random.nextInt(25) == 0) {
      source.silentUntilMs = source.nextMs + random.nextLong(400_000);
      if (random.nextBoolean()) {
        scene.add(source.labels, source.nextMs, StaleMarker.VALUE);
      }
      return;
    }
    scene.add(source.labels, source.nextMs, source.next());
  }
}

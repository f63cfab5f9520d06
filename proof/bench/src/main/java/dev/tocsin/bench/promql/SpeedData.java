package dev.tocsin.bench.promql;

import dev.tocsin.bench.remotewrite.WriteRequest;
import dev.tocsin.model.labels.Labels;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/// Series as services have them: of ten, one is a gauge, three are counters of requests by code,
/// six are buckets of classic histograms (12 bounds). Made of a seed, block by block of time, so
/// that it never is in memory as a whole.
public final class SpeedData {
  private static final String[] BOUNDS = {
    "0.005", "0.01", "0.025", "0.05", "0.1", "0.25", "0.5", "1", "2.5", "5", "10", "+Inf"
  };
  private static final String[] CODES = {"200", "404", "500"};
  private static final int JOBS = 10;

  /// Samples of one request: what both sides take.
  private static final int REQUEST_SAMPLES = 16_000;

  private final List<Labels> series = new ArrayList<>();
  private final List<Kind> kinds = new ArrayList<>();
  private final double[] last;
  private final Random random;
  private final long startMs;
  private final int stepMs;
  private int steps;

  private enum Kind {
    GAUGE,
    COUNTER,
    BUCKET
  }

  public SpeedData(long seed, int seriesCount, long startMs, int stepMs) {
    this.random = new Random(seed);
    this.startMs = startMs;
    this.stepMs = stepMs;
    for (int i = 0; i < seriesCount / 10; i++) {
      add(Kind.GAUGE, i, "__name__", "queue_depth");
    }
    for (int i = 0; i < seriesCount * 3 / 10; i++) {
      add(
          Kind.COUNTER,
          i / CODES.length,
          "__name__",
          "http_requests_total",
          "code",
          CODES[i % CODES.length]);
    }
    for (int i = 0; series.size() < seriesCount; i++) {
      add(
          Kind.BUCKET,
          i / BOUNDS.length,
          "__name__",
          "http_request_duration_seconds_bucket",
          "le",
          BOUNDS[i % BOUNDS.length]);
    }
    last = new double[series.size()];
  }

  private void add(Kind kind, int target, String... more) {
    Labels.Builder labels = Labels.builder();
    for (int i = 0; i < more.length; i += 2) {
      labels.set(more[i], more[i + 1]);
    }
    labels.set("job", "job" + target % JOBS).set("instance", "10.0.0." + target / JOBS + ":8080");
    labels.set("cluster", "frankfurt-1").set("namespace", "payments");
    series.add(labels.build());
    kinds.add(kind);
  }

  public int seriesCount() {
    return series.size();
  }

  /// The next `count` points in time of all series, as bodies of remote write; series by series, as
  /// a sender that catches up does.
  public List<byte[]> next(int count) {
    List<byte[]> bodies = new ArrayList<>();
    int perRequest = Math.max(1, REQUEST_SAMPLES / count);
    double[][] values = values(count);
    for (int from = 0; from < series.size(); from += perRequest) {
      int to = Math.min(series.size(), from + perRequest);
      bodies.add(
          WriteRequest.body(
              series.subList(from, to),
              List.of(values).subList(from, to),
              startMs + (long) steps * stepMs,
              stepMs));
    }
    steps += count;
    return bodies;
  }

  private double[][] values(int count) {
    double[][] values = new double[series.size()][count];
    for (int step = 0; step < count; step++) {
      double below = 0;
      for (int i = 0; i < values.length; i++) {
        last[i] =
            switch (kinds.get(i)) {
              case GAUGE -> Math.clamp(Math.rint(last[i] + random.nextGaussian() * 3), 0, 100);
              case COUNTER -> last[i] + requests(i);
              case BUCKET -> {
                // Cumulative: each bucket grows by what it counts itself and what those below do.
                int bound = (i - series.size() * 4 / 10) % BOUNDS.length;
                below = (bound == 0 ? 0 : below) + (bound < 9 ? random.nextInt(bound + 2) : 0);
                yield last[i] + below;
              }
            };
        values[i][step] = last[i];
      }
    }
    return values;
  }

  private double requests(int i) {
    return switch (i % CODES.length) {
      case 0 -> 100 + random.nextInt(50);
      case 1 -> random.nextInt(5);
      default -> random.nextInt(20) == 0 ? 1 : 0;
    };
  }
}

package dev.tocsin.deliver.latency;

import dev.tocsin.model.alert.StageTimes;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;

/// A histogram for each pair of stages. The outbox's thread writes, any thread reads.
public final class LatencyRecorder {
  private final Map<StagePair, LogHistogram> histograms = new EnumMap<>(StagePair.class);

  public LatencyRecorder() {
    for (StagePair pair : StagePair.values()) {
      histograms.put(pair, new LogHistogram());
    }
  }

  /// Counts each of these pairs of which both stages were passed.
  public void record(StageTimes times, StagePair... pairs) {
    for (StagePair pair : pairs) {
      LogHistogram histogram = histograms.get(pair);
      if (histogram != null && pair.from(times) != 0 && pair.to(times) != 0) {
        histogram.record(pair.to(times) - pair.from(times));
      }
    }
  }

  public LatencySnapshot snapshot(StagePair pair) {
    return Objects.requireNonNull(histograms.get(pair)).snapshot();
  }

  public Map<StagePair, LatencySnapshot> snapshot() {
    Map<StagePair, LatencySnapshot> all = new EnumMap<>(StagePair.class);
    histograms.forEach((pair, histogram) -> all.put(pair, histogram.snapshot()));
    return all;
  }
}

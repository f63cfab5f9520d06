package dev.tocsin.pipeline.accounting;

import java.util.EnumMap;
import java.util.Map;
import java.util.function.ObjLongConsumer;

/// Refused samples by reason. Takes memory only for reasons that occur, and none per sample. Not
/// thread-safe.
public final class RefusalCounts {
  /// One cell each.
  private final Map<Refusal, long[]> counts = new EnumMap<>(Refusal.class);

  private long histogramErrors;

  public void add(Refusal reason, long samples) {
    if (samples > 0) {
      long[] count = counts.get(reason);
      if (count == null) {
        count = new long[1];
        counts.put(reason, count);
      }
      count[0] += samples;
    }
  }

  /// One native histogram, which is a sample too.
  public void addHistogram(Refusal reason) {
    add(reason, 1);
    histogramErrors += reason.isError() ? 1 : 0;
  }

  /// How many of those that the sender has to hear about were added as native histograms.
  public long histogramErrors() {
    return histogramErrors;
  }

  public long get(Refusal reason) {
    long[] count = counts.get(reason);
    return count == null ? 0 : count[0];
  }

  public boolean isEmpty() {
    return counts.isEmpty();
  }

  /// Only reasons that occurred.
  public void forEach(ObjLongConsumer<Refusal> action) {
    counts.forEach((reason, count) -> action.accept(reason, count[0]));
  }
}

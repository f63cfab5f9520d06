package dev.tocsin.promql.script;

import dev.tocsin.model.histogram.FloatHistogram;
import dev.tocsin.model.labels.Labels;
import dev.tocsin.promql.data.SeriesData;
import java.util.Arrays;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// The samples of one series in memory.
final class MemoryTrack {
  private static final int ROOM_FIRST = 16;

  private final Labels labels;
  private final HintsAtRest hints = new HintsAtRest();
  private int size;
  private long[] timesMs = new long[ROOM_FIRST];
  private double[] values = new double[ROOM_FIRST];
  private @Nullable FloatHistogram @Nullable [] histograms;
  private long @Nullable [] startsMs;

  /// As they were written, for comparison with what is written again.
  private @Nullable FloatHistogram last;

  MemoryTrack(Labels labels) {
    this.labels = labels;
  }

  void add(long timeMs, double value, @Nullable FloatHistogram histogram, long startMs) {
    if (size > 0 && timeMs <= timesMs[size - 1]) {
      checkRepeated(timeMs, value, histogram);
      return;
    }
    grow();
    timesMs[size] = timeMs;
    values[size] = value;
    FloatHistogram stored = hints.stored(histogram);
    if (stored != null) {
      if (histograms == null) {
        histograms = new FloatHistogram[timesMs.length];
      }
      histograms[size] = stored;
    }
    if (startMs != 0) {
      if (startsMs == null) {
        startsMs = new long[timesMs.length];
      }
      startsMs[size] = startMs;
    }
    last = histogram;
    size++;
  }

  private void checkRepeated(long timeMs, double value, @Nullable FloatHistogram histogram) {
    long lastMs = timesMs[size - 1];
    if (timeMs < lastMs) {
      throw new IllegalArgumentException(
          "out of order sample of " + labels + ": at " + timeMs + " ms, after " + lastMs + " ms");
    }
    boolean same =
        Double.doubleToRawLongBits(value) == Double.doubleToRawLongBits(values[size - 1])
            && Objects.equals(histogram, last);
    if (!same) {
      throw new IllegalArgumentException(
          "duplicate sample for timestamp " + timeMs + " ms of " + labels);
    }
  }

  private void grow() {
    if (size < timesMs.length) {
      return;
    }
    int room = 2 * size;
    timesMs = Arrays.copyOf(timesMs, room);
    values = Arrays.copyOf(values, room);
    histograms = histograms == null ? null : Arrays.copyOf(histograms, room);
    startsMs = startsMs == null ? null : Arrays.copyOf(startsMs, room);
  }

  SeriesData between(long minTimeMs, long maxTimeMs) {
    int from = firstFrom(minTimeMs);
    int to = maxTimeMs == Long.MAX_VALUE ? size : firstFrom(maxTimeMs + 1);
    return new SeriesData(labels, timesMs, values, histograms, startsMs, from, Math.max(from, to));
  }

  private int firstFrom(long timeMs) {
    int found = Arrays.binarySearch(timesMs, 0, size, timeMs);
    return found >= 0 ? found : -found - 1;
  }
}

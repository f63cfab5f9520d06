package dev.tocsin.collect.otlp;

import dev.tocsin.model.batch.EncodedHistogram;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// The samples of one request that have a series. At most as many as a transaction may have.
/// Reused.
final class SampleList {
  private static final int RETAINED = 8192;
  private static final @Nullable EncodedHistogram[] NONE = {};

  private int[] refs = new int[256];
  private int[] points = new int[256];
  private long[] timesMs = new long[256];
  private double[] values = new double[256];

  /// Empty as long as there are only floats.
  private @Nullable EncodedHistogram[] histograms = NONE;

  private long histogramBytes;
  private int count;

  void clear() {
    count = 0;
    histogramBytes = 0;
    Arrays.fill(histograms, null);
  }

  /// @param point the data point it is from, or -1
  void add(int ref, int point, long timeMs, double value) {
    if (count == refs.length) {
      refs = Arrays.copyOf(refs, 2 * count);
      points = Arrays.copyOf(points, 2 * count);
      timesMs = Arrays.copyOf(timesMs, 2 * count);
      values = Arrays.copyOf(values, 2 * count);
    }
    refs[count] = ref;
    points[count] = point;
    timesMs[count] = timeMs;
    values[count] = value;
    count++;
  }

  void add(int ref, int point, long timeMs, EncodedHistogram histogram) {
    add(ref, point, timeMs, 0);
    if (histograms.length < count) {
      histograms = Arrays.copyOf(histograms, refs.length);
    }
    histograms[count - 1] = histogram;
    histogramBytes += histogram.size();
  }

  int count() {
    return count;
  }

  int ref(int i) {
    return refs[i];
  }

  int point(int i) {
    return points[i];
  }

  long timeMs(int i) {
    return timesMs[i];
  }

  double value(int i) {
    return values[i];
  }

  @Nullable EncodedHistogram histogram(int i) {
    return i < histograms.length ? histograms[i] : null;
  }

  /// Of all histograms together.
  long histogramBytes() {
    return histogramBytes;
  }

  void shrink() {
    clear();
    histograms = NONE;
    if (refs.length > RETAINED) {
      refs = new int[256];
      points = new int[256];
      timesMs = new long[256];
      values = new double[256];
    }
  }
}

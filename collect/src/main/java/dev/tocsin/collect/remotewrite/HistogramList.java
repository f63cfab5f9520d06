package dev.tocsin.collect.remotewrite;

import dev.tocsin.model.batch.EncodedHistogram;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The native histograms of one request, in the order of the body; a refused one has a place too.
/// Beyond the bytes a request may have they are only counted. Reused.
final class HistogramList {
  private final List<@Nullable EncodedHistogram> all = new ArrayList<>();
  private long[] timesMs = new long[16];
  private final int bytesMax;
  private long bytes;

  HistogramList(int bytesMax) {
    this.bytesMax = bytesMax;
  }

  void clear() {
    all.clear();
    bytes = 0;
  }

  /// Null takes a place for one that was refused.
  void add(long timeMs, @Nullable EncodedHistogram histogram) {
    if (all.size() == timesMs.length) {
      timesMs = Arrays.copyOf(timesMs, 2 * timesMs.length);
    }
    timesMs[all.size()] = timeMs;
    bytes += histogram == null ? 0 : histogram.size();
    all.add(bytes > bytesMax ? null : histogram);
  }

  /// Forgets those from this place on: their series is refused.
  void cut(int from) {
    for (int i = all.size() - 1; i >= from; i--) {
      EncodedHistogram histogram = all.remove(i);
      bytes -= histogram == null ? 0 : histogram.size();
    }
  }

  @Nullable EncodedHistogram get(int i) {
    return all.get(i);
  }

  long timeMs(int i) {
    return timesMs[i];
  }

  int count() {
    return all.size();
  }

  long bytes() {
    return bytes;
  }

  boolean isTooLarge() {
    return bytes > bytesMax;
  }
}

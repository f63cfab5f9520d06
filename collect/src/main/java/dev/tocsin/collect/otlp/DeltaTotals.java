package dev.tocsin.collect.otlp;

import dev.tocsin.model.batch.EncodedHistogram;
import dev.tocsin.model.histogram.FloatHistogram;
import dev.tocsin.model.histogram.ResetHint;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/// What deltas have added up to, series by series since the start: their senders say only what was
/// new, and rules read what there is in all. A start begins from nothing, as a counter may that was
/// restarted: `rate` and `increase` see a reset, and count what came since.
///
/// A request with deltas has all of it for itself between [#begin] and [#end]; what it added is
/// taken back where it is not written. Its room is that of the series, 16 bytes each, and
/// [#HISTOGRAM_BYTES_MAX] for native histograms; beyond it further ones are refused.
final class DeltaTotals {
  /// Bytes of all histograms, encoded.
  static final long HISTOGRAM_BYTES_MAX = 2 << 20;

  /// What a histogram takes beside its bytes, about.
  private static final int OVERHEAD_BYTES = 96;

  /// Empty buckets between two others that are cheaper to keep than another span.
  private static final int GAP_MAX = 2;

  private static final int FIRST_SERIES = 256;
  private static final long NEVER = Long.MIN_VALUE;

  /// What a series had before the request that has all of it now.
  private record Before(int ref, long timeMs, double total, @Nullable EncodedHistogram histogram) {}

  private final ReentrantLock lock = new ReentrantLock();

  /// By the reference of the series.
  private long[] timesMs = {};

  private double[] totals = {};
  private final Map<Integer, EncodedHistogram> histograms = new HashMap<>();
  private long histogramBytes;

  /// The newest first.
  private final Deque<Before> log = new ArrayDeque<>();

  /// Waits for its turn, where it has it not already.
  void begin() {
    if (!lock.isHeldByCurrentThread()) {
      lock.lock();
    }
  }

  /// What was added stays, where it was not taken back before.
  void end() {
    if (lock.isHeldByCurrentThread()) {
      log.clear();
      lock.unlock();
    }
  }

  /// Takes back all that was added.
  void takeBack() {
    if (lock.isHeldByCurrentThread()) {
      log.forEach(this::restore);
      log.clear();
    }
  }

  /// Takes back what was added to one series.
  void takeBack(int ref) {
    if (lock.isHeldByCurrentThread()) {
      log.stream().filter(before -> before.ref == ref).forEach(this::restore);
      log.removeIf(before -> before.ref == ref);
    }
  }

  private void restore(Before before) {
    timesMs[before.ref] = before.timeMs;
    totals[before.ref] = before.total;
    put(before.ref, before.histogram);
  }

  /// Whether a delta of that time may be added: not behind a newer one.
  boolean isInOrder(int ref, long timeMs) {
    return ref >= timesMs.length || timeMs >= timesMs[ref];
  }

  /// The total with the delta. One of the same time again was sent again, and is in it already.
  double add(int ref, long timeMs, double delta) {
    makeRoom(ref);
    if (timesMs[ref] != timeMs) {
      log.addFirst(new Before(ref, timesMs[ref], totals[ref], null));
      totals[ref] = timesMs[ref] == NEVER ? delta : totals[ref] + delta;
      timesMs[ref] = timeMs;
    }
    return totals[ref];
  }

  /// The same of a native histogram; null where there is no room.
  @Nullable EncodedHistogram add(int ref, long timeMs, EncodedHistogram delta) {
    makeRoom(ref);
    EncodedHistogram before = histograms.get(ref);
    if (before != null && timesMs[ref] == timeMs) {
      return before;
    }
    EncodedHistogram all = before == null ? delta : sum(before.decode(), delta.decode());
    long more = size(all) - size(before);
    if (histogramBytes + more > HISTOGRAM_BYTES_MAX) {
      return null;
    }
    log.addFirst(new Before(ref, timesMs[ref], totals[ref], before));
    timesMs[ref] = timeMs;
    put(ref, all);
    return all;
  }

  private static EncodedHistogram sum(FloatHistogram before, FloatHistogram delta) {
    FloatHistogram all = before.plus(delta).result();
    return EncodedHistogram.of(all.withHint(ResetHint.UNKNOWN).compact(GAP_MAX));
  }

  private void put(int ref, @Nullable EncodedHistogram histogram) {
    EncodedHistogram before =
        histogram == null ? histograms.remove(ref) : histograms.put(ref, histogram);
    histogramBytes += size(histogram) - size(before);
  }

  private static long size(@Nullable EncodedHistogram histogram) {
    return histogram == null ? 0 : histogram.size() + OVERHEAD_BYTES;
  }

  private void makeRoom(int ref) {
    if (ref >= timesMs.length) {
      int before = timesMs.length;
      int size = Math.max(FIRST_SERIES, Math.max(ref + 1, before + before / 2));
      timesMs = Arrays.copyOf(timesMs, size);
      Arrays.fill(timesMs, before, size, NEVER);
      totals = Arrays.copyOf(totals, size);
    }
  }
}

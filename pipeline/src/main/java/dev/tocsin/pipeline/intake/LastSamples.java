package dev.tocsin.pipeline.intake;

import dev.tocsin.model.limit.Limits;
import dev.tocsin.pipeline.accounting.Refusal;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// Time and bits of the newest accepted sample of every series: what decides whether the next one
/// is taken. The bits of a native histogram are its fingerprint. Under the sequencer's lock.
final class LastSamples {
  private static final int FIRST_CAPACITY = 1024;

  private long[] timesMs = new long[FIRST_CAPACITY];
  private long[] bits = new long[FIRST_CAPACITY];

  LastSamples() {
    Arrays.fill(timesMs, Long.MIN_VALUE);
  }

  void set(int ref, long timeMs, long lastBits) {
    if (ref >= timesMs.length) {
      grow(ref + 1);
    }
    timesMs[ref] = timeMs;
    bits[ref] = lastBits;
  }

  /// Takes the sample as the newest one of its series, or says why not. A sample that was sent
  /// again is that at any age; then come the bounds, then the order.
  @Nullable Refusal offer(int ref, long timeMs, long newBits, long nowMs) {
    long lastMs = timesMs[ref];
    if (timeMs <= lastMs || timeMs > nowMs + Limits.AHEAD_MS_MAX || isOld(timeMs, nowMs)) {
      return refusal(ref, timeMs, newBits, nowMs);
    }
    timesMs[ref] = timeMs;
    bits[ref] = newBits;
    return null;
  }

  private Refusal refusal(int ref, long timeMs, long newBits, long nowMs) {
    long lastMs = timesMs[ref];
    if (timeMs == lastMs && timeMs != Long.MIN_VALUE && newBits == bits[ref]) {
      return Refusal.DUPLICATE;
    }
    if (timeMs > nowMs + Limits.AHEAD_MS_MAX) {
      return Refusal.TOO_FAR_AHEAD;
    }
    if (isOld(timeMs, nowMs)) {
      return Refusal.TOO_OLD;
    }
    return timeMs == lastMs ? Refusal.DUPLICATE_VALUE : Refusal.OUT_OF_ORDER;
  }

  private static boolean isOld(long timeMs, long nowMs) {
    return timeMs < nowMs - Limits.BEHIND_MS_MAX;
  }

  private void grow(int capacityMin) {
    int from = timesMs.length;
    int capacity = Math.max(capacityMin, 2 * from);
    timesMs = Arrays.copyOf(timesMs, capacity);
    bits = Arrays.copyOf(bits, capacity);
    Arrays.fill(timesMs, from, capacity, Long.MIN_VALUE);
  }
}

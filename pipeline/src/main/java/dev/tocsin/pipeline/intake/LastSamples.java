package dev.tocsin.pipeline.intake;

import dev.tocsin.model.limit.Limits;
import dev.tocsin.model.page.LongPages;
import dev.tocsin.pipeline.accounting.Refusal;
import org.jspecify.annotations.Nullable;

/// Time and bits of the newest accepted sample of every series: what decides whether the next one
/// is taken. The bits of a native histogram are its fingerprint. Under the sequencer's lock.
final class LastSamples {
  /// The time of a series that was forgotten: no sample is newer.
  private static final long GONE = Long.MAX_VALUE;

  private final LongPages timesMs = new LongPages(GONE);
  private final LongPages bits = new LongPages();

  void set(int ref, long timeMs, long lastBits) {
    timesMs.set(ref, timeMs);
    bits.set(ref, lastBits);
  }

  long timeMs(int ref) {
    return timesMs.get(ref);
  }

  /// Whether the series was forgotten.
  boolean isGone(int ref) {
    return timesMs.get(ref) == GONE;
  }

  void forget(int ref) {
    set(ref, GONE, 0);
  }

  /// Of a page of references all of which are forgotten.
  void drop(int ref) {
    timesMs.drop(ref);
    bits.drop(ref);
  }

  /// Takes the sample as the newest one of its series, or says why not. A sample that was sent
  /// again is that at any age; then come the bounds, then the order. `BUSY` where the series was
  /// forgotten.
  @Nullable Refusal offer(int ref, long timeMs, long newBits, long nowMs) {
    long lastMs = timesMs.get(ref);
    if (timeMs <= lastMs || timeMs > nowMs + Limits.AHEAD_MS_MAX || isOld(timeMs, nowMs)) {
      return refusal(ref, timeMs, newBits, nowMs);
    }
    set(ref, timeMs, newBits);
    return null;
  }

  private Refusal refusal(int ref, long timeMs, long newBits, long nowMs) {
    long lastMs = timesMs.get(ref);
    if (lastMs == GONE) {
      return Refusal.BUSY;
    }
    if (timeMs == lastMs && timeMs != Long.MIN_VALUE && newBits == bits.get(ref)) {
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
}

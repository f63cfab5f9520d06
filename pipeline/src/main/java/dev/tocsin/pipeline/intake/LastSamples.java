package dev.tocsin.pipeline.intake;

import dev.tocsin.model.batch.Slab;
import dev.tocsin.model.limit.Limits;
import dev.tocsin.model.page.LongPages;
import dev.tocsin.model.page.PageSize;
import dev.tocsin.pipeline.accounting.Refusal;
import org.jspecify.annotations.Nullable;

/// Time and bits of the newest accepted sample of every series, side by side, 16 bytes a series:
/// what decides whether the next one is taken. The bits of a native histogram are its fingerprint.
/// Under the sequencer's lock.
final class LastSamples {
  /// The time of a series that was forgotten: no sample is newer.
  private static final long GONE = Long.MAX_VALUE;

  /// By twice the reference: the time, and behind it the bits.
  private final LongPages samples = new LongPages(GONE);

  void set(int ref, long timeMs, long lastBits) {
    samples.set(2 * ref, timeMs);
    samples.set(2 * ref + 1, lastBits);
  }

  /// Within its page, which holds both numbers.
  private static int place(int ref) {
    return 2 * ref & PageSize.MASK;
  }

  /// Takes samples of a slab without histograms as long as each is the newest one of its series;
  /// returns how many.
  int offerAll(Slab slab, long nowMs) {
    long newestMs = nowMs + Limits.AHEAD_MS_MAX;
    long oldestMs = nowMs - Limits.BEHIND_MS_MAX;
    int count = slab.count();
    for (int i = 0; i < count; i++) {
      int ref = slab.refs[i];
      long timeMs = slab.timesMs[i];
      // Where none was set all are gone, so it is not written to.
      long[] page = samples.page(2 * ref);
      int at = place(ref);
      if (timeMs <= page[at] || timeMs > newestMs || timeMs < oldestMs) {
        return i;
      }
      page[at] = timeMs;
      page[at + 1] = Double.doubleToRawLongBits(slab.values[i]);
    }
    return count;
  }

  long timeMs(int ref) {
    return samples.get(2 * ref);
  }

  /// Whether the series was forgotten.
  boolean isGone(int ref) {
    return timeMs(ref) == GONE;
  }

  void forget(int ref) {
    set(ref, GONE, 0);
  }

  /// Of a page of references all of which are forgotten.
  void drop(int ref) {
    int first = 2 * (ref & ~PageSize.MASK);
    samples.drop(first);
    samples.drop(first + PageSize.SIZE);
  }

  /// Takes the sample as the newest one of its series, or says why not. A sample that was sent
  /// again is that at any age; then come the bounds, then the order. `BUSY` where the series was
  /// forgotten.
  @Nullable Refusal offer(int ref, long timeMs, long newBits, long nowMs) {
    long lastMs = timeMs(ref);
    if (timeMs <= lastMs || timeMs > nowMs + Limits.AHEAD_MS_MAX || isOld(timeMs, nowMs)) {
      return refusal(ref, timeMs, newBits, nowMs);
    }
    set(ref, timeMs, newBits);
    return null;
  }

  private Refusal refusal(int ref, long timeMs, long newBits, long nowMs) {
    long lastMs = timeMs(ref);
    if (lastMs == GONE) {
      return Refusal.BUSY;
    }
    if (timeMs == lastMs && timeMs != Long.MIN_VALUE && newBits == samples.get(2 * ref + 1)) {
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

package dev.tocsin.pipeline.intake;

import dev.tocsin.model.batch.Slab;
import dev.tocsin.model.limit.Limits;
import dev.tocsin.pipeline.accounting.Refusal;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// Time and bits of the newest accepted sample of every series, side by side, 16 bytes a series:
/// what decides whether the next one is taken. The bits of a native histogram are its fingerprint.
/// Under the sequencer's lock.
final class LastSamples {
  private static final int PAGE_BITS = 10;
  private static final int PAGE_MASK = (1 << PAGE_BITS) - 1;
  private static final long[] NO_PAGE = {};

  /// By reference: two longs each.
  private long[][] pages = {};

  private int pageCount;

  void set(int ref, long timeMs, long lastBits) {
    int page = ref >>> PAGE_BITS;
    if (page >= pageCount) {
      addPages(page + 1);
    }
    int at = place(ref);
    pages[page][at] = timeMs;
    pages[page][at + 1] = lastBits;
  }

  /// Without gaps: every reference below the largest has a place.
  private void addPages(int count) {
    if (count > pages.length) {
      pages = Arrays.copyOf(pages, count + count / 2);
      Arrays.fill(pages, pageCount, pages.length, NO_PAGE);
    }
    while (pageCount < count) {
      pages[pageCount++] = new long[2 << PAGE_BITS];
    }
  }

  private static int place(int ref) {
    return 2 * (ref & PAGE_MASK);
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
      long[] page = pages[ref >>> PAGE_BITS];
      int at = place(ref);
      if (timeMs <= page[at] || timeMs > newestMs || timeMs < oldestMs) {
        return i;
      }
      page[at] = timeMs;
      page[at + 1] = Double.doubleToRawLongBits(slab.values[i]);
    }
    return count;
  }

  /// Takes the sample as the newest one of its series, or says why not. A sample that was sent
  /// again is that at any age; then come the bounds, then the order.
  @Nullable Refusal offer(int ref, long timeMs, long newBits, long nowMs) {
    long lastMs = pages[ref >>> PAGE_BITS][place(ref)];
    if (timeMs <= lastMs || timeMs > nowMs + Limits.AHEAD_MS_MAX || isOld(timeMs, nowMs)) {
      return refusal(ref, timeMs, newBits, nowMs);
    }
    set(ref, timeMs, newBits);
    return null;
  }

  private Refusal refusal(int ref, long timeMs, long newBits, long nowMs) {
    long lastMs = pages[ref >>> PAGE_BITS][place(ref)];
    if (timeMs == lastMs
        && timeMs != Long.MIN_VALUE
        && newBits == pages[ref >>> PAGE_BITS][place(ref) + 1]) {
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

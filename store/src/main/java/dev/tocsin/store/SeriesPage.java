package dev.tocsin.store;

import dev.tocsin.model.page.PageSize;
import dev.tocsin.store.window.WindowArena;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import org.jspecify.annotations.Nullable;

/// What is known of the samples of 64 series, 20 bytes each. The thread that writes says with
/// [#begin] and [#end] when it moves samples; a reader takes a stamp before and asks afterwards
/// whether it still holds. Adding a sample moves none: it is published by the count.
final class SeriesPage {
  static final int BITS = PageSize.BITS;
  static final int SIZE = PageSize.SIZE;

  /// Stands for a page of series all of which are gone: none has a sample. Never written.
  static final SeriesPage GONE = new SeriesPage();

  private static final VarHandle INT = MethodHandles.arrayElementVarHandle(int[].class);
  private static final VarHandle LONG = MethodHandles.arrayElementVarHandle(long[].class);

  /// Odd while samples are moved.
  private final int[] stamps = new int[SIZE];

  /// Slots of [WindowArena]; 0: none yet.
  private final int[] slots = new int[SIZE];

  /// Samples in the slot.
  private final int[] counts = new int[SIZE];

  /// Addresses of the newest chunk; 0: none.
  private final long[] heads = new long[SIZE];

  /// Which series have payloads among their values, or had them; null: none.
  private boolean @Nullable [] mixed;

  /// An even stamp; waits while samples are moved, which takes less than a microsecond.
  int stamp(int index) {
    while (true) {
      int stamp = (int) INT.getAcquire(stamps, index);
      if ((stamp & 1) == 0) {
        return stamp;
      }
      Thread.onSpinWait();
    }
  }

  /// Whether no sample was moved since.
  boolean holds(int index, int stamp) {
    VarHandle.acquireFence();
    return (int) INT.getOpaque(stamps, index) == stamp;
  }

  void begin(int index) {
    INT.setOpaque(stamps, index, stamps[index] + 1);
    VarHandle.releaseFence();
  }

  void end(int index) {
    INT.setRelease(stamps, index, stamps[index] + 1);
  }

  int slot(int index) {
    return (int) INT.getAcquire(slots, index);
  }

  void setSlot(int index, int slot) {
    INT.setRelease(slots, index, slot);
  }

  /// Never more than fit, whatever a reader catches in between.
  int count(int index, int slot) {
    return Math.min((int) INT.getAcquire(counts, index), WindowArena.samples(slot));
  }

  void setCount(int index, int count) {
    INT.setRelease(counts, index, count);
  }

  /// To be asked behind [#count]: then it is true of every sample that was counted.
  boolean isMixed(int index) {
    boolean[] all = mixed;
    return all != null && all[index];
  }

  /// Before the first payload's sample is counted.
  void setMixed(int index) {
    boolean[] all = mixed;
    if (all == null) {
      all = new boolean[SIZE];
      mixed = all;
    }
    all[index] = true;
  }

  long head(int index) {
    return (long) LONG.getAcquire(heads, index);
  }

  void setHead(int index, long address) {
    LONG.setRelease(heads, index, address);
  }

  /// The counts as they are. Writing thread.
  FrozenPage freeze() {
    return new FrozenPage(this, counts.clone(), mixed == null ? null : mixed.clone());
  }
}

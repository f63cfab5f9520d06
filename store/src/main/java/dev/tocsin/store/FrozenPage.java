package dev.tocsin.store;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import org.jspecify.annotations.Nullable;

/// How many samples the windows of a [SeriesPage] had when it was frozen; 4 bytes a series. Adding
/// a sample changes none of those, so they are read where they lie. Before the writing thread moves
/// a window it puts here what of it was frozen; whoever reads looks here last: what is not here yet
/// was not moved while it read.
final class FrozenPage {
  private static final VarHandle BYTES = MethodHandles.arrayElementVarHandle(byte[][].class);

  /// Of series all of which were gone.
  static final FrozenPage GONE = new FrozenPage(SeriesPage.GONE, new int[SeriesPage.SIZE], null);

  private final SeriesPage live;
  private final int[] counts;
  private final boolean @Nullable [] mixed;

  /// By series, as [WindowCodec] writes it; of those that were moved. Null: of none.
  private volatile byte @Nullable [] @Nullable [] moved;

  FrozenPage(SeriesPage live, int[] counts, boolean @Nullable [] mixed) {
    this.live = live;
    this.counts = counts;
    this.mixed = mixed;
  }

  SeriesPage live() {
    return live;
  }

  int count(int index) {
    return counts[index];
  }

  boolean isMixed(int index) {
    return mixed != null && mixed[index];
  }

  boolean isKept(int index) {
    byte @Nullable [] @Nullable [] all = moved;
    return all != null && all[index] != null;
  }

  /// Before the window is moved. Writing thread.
  void keep(int index, byte[] window) {
    byte @Nullable [] @Nullable [] all = moved;
    if (all == null) {
      all = new byte[SeriesPage.SIZE][];
      moved = all;
    }
    BYTES.setRelease(all, index, window);
    VarHandle.releaseFence(); // whoever sees a sample at its new place sees this
  }

  /// What was kept, after the samples were read; null where they were not moved before or while
  /// they were. Reading thread.
  byte @Nullable [] kept(int index) {
    VarHandle.acquireFence();
    byte @Nullable [] @Nullable [] all = moved;
    return all == null ? null : (byte[]) BYTES.getAcquire(all, index);
  }
}

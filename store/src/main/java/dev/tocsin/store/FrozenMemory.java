package dev.tocsin.store;

import dev.tocsin.store.checkpoint.FrameWriter;
import dev.tocsin.store.chunk.FrozenLog;
import dev.tocsin.store.window.WindowArena;
import java.io.IOException;
import java.util.Arrays;
import java.util.function.IntPredicate;

/// The samples of all series as they were at one moment. The writing thread goes on: it calls
/// [#keep] before it moves a window; one other thread calls [#writeTo].
final class FrozenMemory {
  private final WindowArena arena;
  private final FrozenLog log;
  private final FrozenPage[] pages;
  private final int series;
  private final boolean isMixed;
  private final long appended;
  private final long notNewer;
  private final long removed;

  /// Of the writing thread.
  private final byte[] keeping = new byte[WindowCodec.BYTES_MAX];

  /// Series before this one need not be kept any more.
  private volatile int written;

  FrozenMemory(
      WindowArena arena,
      FrozenLog log,
      FrozenPage[] pages,
      int series,
      boolean isMixed,
      long appended,
      long notNewer,
      long removed) {
    this.arena = arena;
    this.log = log;
    this.pages = pages;
    this.series = series;
    this.isMixed = isMixed;
    this.appended = appended;
    this.notNewer = notNewer;
    this.removed = removed;
  }

  /// Samples that went with their series.
  long removed() {
    return removed;
  }

  boolean isMixed() {
    return isMixed;
  }

  int series() {
    return series;
  }

  /// Keeps what was frozen of a window that will be moved, unless it is written or kept already.
  /// Writing thread.
  void keep(int id) {
    if (id >= series || id < written) {
      return;
    }
    FrozenPage page = pages[id >>> SeriesPage.BITS];
    int index = id & (SeriesPage.SIZE - 1);
    if (!page.isKept(index)) {
      int length = encode(page, index, keeping);
      page.keep(index, Arrays.copyOf(keeping, length));
    }
  }

  /// As long as nothing is moved meanwhile.
  private int encode(FrozenPage page, int index, byte[] target) {
    SeriesPage live = page.live();
    int slot = live.slot(index);
    // Never more than fit, whatever slot this catches while one is moved.
    int count = slot == 0 ? 0 : Math.min(page.count(index), WindowArena.samples(slot));
    long head = live.head(index);
    return WindowCodec.write(target, arena, slot, count, head, isMixed, page.isMixed(index));
  }

  /// Counters, the log, and the window of every series. One thread, once.
  ///
  /// @param isThere whether a series was not removed before
  void writeTo(FrameWriter out, IntPredicate isThere) throws IOException {
    byte[] window = new byte[WindowCodec.BYTES_MAX];
    out.varint(appended);
    out.varint(notNewer);
    log.writeTo(out);
    for (int id = 0; id < series; id++) {
      if (!isThere.test(id)) {
        continue;
      }
      FrozenPage page = pages[id >>> SeriesPage.BITS];
      int index = id & (SeriesPage.SIZE - 1);
      int length = encode(page, index, window);
      byte[] kept = page.kept(index);
      if (kept == null) {
        out.bytes(window, 0, length);
      } else {
        out.bytes(kept, 0, kept.length);
      }
      written = id + 1;
    }
  }
}

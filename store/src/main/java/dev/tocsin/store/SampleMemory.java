package dev.tocsin.store;

import dev.tocsin.model.batch.EncodedHistogram;
import dev.tocsin.model.page.LivePages;
import dev.tocsin.store.checkpoint.FrameReader;
import dev.tocsin.store.chunk.ChunkCursor;
import dev.tocsin.store.chunk.ChunkLog;
import dev.tocsin.store.chunk.PayloadAddress;
import dev.tocsin.store.chunk.PayloadKind;
import dev.tocsin.store.window.WindowArena;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/// The samples of all series: the newest raw in a window, the older ones in the chunks of a log.
///
/// A window starts with room for 8 samples and is then as large as [StoreLimits#windowBytesMax]
/// allows, 128 at most; when it is full, all but the newest quarter are sealed as a chunk. So the
/// last sample and the newest few minutes are always raw, and appending allocates nothing but the
/// log's blocks (and, as long as a frozen memory is being written, what is kept for that).
///
/// A native histogram is in the log from the start; window and chunk have its address in the place
/// of the value. It is gone when its block is, even while its place is still in the window.
///
/// One thread appends; any thread reads, without locks.
final class SampleMemory {
  private static final int SAMPLE_BYTES = Long.BYTES + Double.BYTES;

  private final WindowArena arena = new WindowArena();
  private final ChunkLog log;
  private final long windowBytesMax;
  private final PayloadReader payloads;
  private final AtomicLong appended = new AtomicLong();
  private final AtomicLong notNewer = new AtomicLong();
  private final AtomicLong removed = new AtomicLong();
  private final LivePages live = new LivePages();
  private final SeriesPages pages = new SeriesPages();
  private boolean mixed;

  /// What is being written by another thread; null: nothing.
  private final AtomicReference<@Nullable FrozenMemory> frozen = new AtomicReference<>();

  SampleMemory(ChunkLog log, long windowBytesMax) {
    this.log = log;
    this.windowBytesMax = windowBytesMax;
    this.payloads = new PayloadReader(log);
  }

  /// Makes room for one more series, before anyone learns of it.
  ///
  /// @param id beyond all before
  void addSeries(int id) {
    pages.open(id);
    close(live.add(id));
  }

  /// The samples of the series are forgotten; those in sealed history go with their blocks.
  void remove(int id) {
    FrozenMemory keeper = frozen.get();
    if (keeper != null) {
      keeper.keep(id);
    }
    SeriesPage page = page(id);
    int index = index(id);
    int slot = page.slot(index);
    if (slot != 0) {
      int from = WindowArena.offset(slot);
      int count = page.count(index, slot);
      int payloads =
          page.isMixed(index) ? PayloadAddress.count(arena.values(slot), from, from + count) : 0;
      removed.setRelease(removed.getPlain() + count - payloads);
      page.begin(index);
      page.setCount(index, 0);
      page.setSlot(index, 0);
      page.setHead(index, ChunkLog.NONE);
      page.end(index);
      arena.release(slot);
    }
    close(live.remove(id));
  }

  /// After series were removed: gives back what has become empty.
  void tidy() {
    arena.tidy();
  }

  private void close(int id) {
    if (id != LivePages.NONE) {
      pages.close(id);
    }
  }

  private SeriesPage page(int id) {
    return pages.of(id);
  }

  private static int index(int id) {
    return id & (SeriesPage.SIZE - 1);
  }

  /// How many samples a full-grown window has at this number of series.
  static int windowSamples(int series, long bytesMax) {
    int samples = WindowArena.SAMPLES_MAX;
    while (samples > WindowArena.SAMPLES_MIN && (long) series * samples * SAMPLE_BYTES > bytesMax) {
      samples /= 2;
    }
    return samples;
  }

  boolean append(int id, long timeMs, double value) {
    if (PayloadAddress.is(value)) {
      byte[] bytes = ByteBuffer.allocate(Double.BYTES).putDouble(value).array();
      return append(id, timeMs, PayloadKind.FLOAT, bytes);
    }
    return put(id, timeMs, value);
  }

  boolean append(int id, long timeMs, EncodedHistogram histogram) {
    return append(id, timeMs, PayloadKind.HISTOGRAM, histogram.bytes());
  }

  private boolean append(int id, long timeMs, PayloadKind kind, byte[] payload) {
    if (timeMs <= lastTimeMs(id)) {
      add(notNewer);
      return false;
    }
    page(id).setMixed(index(id));
    mixed = true;
    long address = log.appendPayload(kind, payload, payload.length);
    return put(id, timeMs, PayloadAddress.value(address));
  }

  private boolean put(int id, long timeMs, double value) {
    SeriesPage page = page(id);
    int index = index(id);
    int slot = page.slot(index);
    if (slot == 0) {
      if (page == SeriesPage.GONE) {
        throw new IllegalStateException("series " + id + " was removed");
      }
      slot = arena.allocate(WindowArena.SAMPLES_MIN);
      page.setSlot(index, slot);
    }
    int count = page.count(index, slot);
    int at = WindowArena.offset(slot) + count;
    if (count > 0 && timeMs <= arena.times(slot)[at - 1]) {
      add(notNewer);
      return false;
    }
    if (count == WindowArena.samples(slot)) {
      slot = makeRoom(id, slot);
      count = page.count(index, slot);
      at = WindowArena.offset(slot) + count;
    }
    arena.times(slot)[at] = timeMs;
    arena.values(slot)[at] = value;
    page.setCount(index, count + 1);
    add(appended);
    return true;
  }

  /// One thread writes: no addition can be lost.
  private static void add(AtomicLong counter) {
    counter.setRelease(counter.getPlain() + 1);
  }

  /// Seals, or moves to the full-grown window; returns the slot that now has room.
  private int makeRoom(int id, int slot) {
    FrozenMemory keeper = frozen.get();
    if (keeper != null) {
      keeper.keep(id);
    }
    SeriesPage page = page(id);
    int index = index(id);
    int size = WindowArena.samples(slot);
    int nextSize = windowSamples(live.live(), windowBytesMax);
    long[] times = arena.times(slot);
    double[] values = arena.values(slot);
    int offset = WindowArena.offset(slot);
    int sealed = 0;
    long head = page.head(index);
    if (nextSize <= size) {
      sealed = size - nextSize / 4;
      int end = offset + sealed;
      int addresses = page.isMixed(index) ? PayloadAddress.count(values, offset, end) : 0;
      head = log.append(head, times, values, offset, end, addresses);
    }
    // Whatever can fail for want of memory comes before readers are held up.
    int nextSlot = nextSize == size ? slot : arena.allocate(nextSize);
    int nextOffset = WindowArena.offset(nextSlot);
    page.begin(index);
    System.arraycopy(times, offset + sealed, arena.times(nextSlot), nextOffset, size - sealed);
    System.arraycopy(values, offset + sealed, arena.values(nextSlot), nextOffset, size - sealed);
    page.setCount(index, size - sealed);
    page.setSlot(index, nextSlot);
    page.setHead(index, head);
    page.end(index);
    if (nextSlot != slot) {
      arena.release(slot);
    }
    return nextSlot;
  }

  long lastTimeMs(int id) {
    SeriesPage page = page(id);
    int index = index(id);
    while (true) {
      int stamp = page.stamp(index);
      int at = lastAt(page, index);
      long time = at < 0 ? Long.MIN_VALUE : arena.times(page.slot(index))[at];
      if (page.holds(index, stamp)) {
        return time;
      }
    }
  }

  double lastValue(int id) {
    double raw = lastRaw(id);
    return page(id).isMixed(index(id)) ? payloads.value(raw) : raw;
  }

  /// The bits of the last sample, or the fingerprint of its histogram.
  long lastBits(int id) {
    double raw = lastRaw(id);
    return page(id).isMixed(index(id)) ? payloads.bits(raw) : Double.doubleToRawLongBits(raw);
  }

  private double lastRaw(int id) {
    SeriesPage page = page(id);
    int index = index(id);
    while (true) {
      int stamp = page.stamp(index);
      int at = lastAt(page, index);
      double value = at < 0 ? Double.NaN : arena.values(page.slot(index))[at];
      if (page.holds(index, stamp)) {
        return value;
      }
    }
  }

  private static int lastAt(SeriesPage page, int index) {
    int slot = page.slot(index);
    int count = slot == 0 ? 0 : page.count(index, slot);
    return count == 0 ? -1 : WindowArena.offset(slot) + count - 1;
  }

  /// A copy of the samples in `[minMs, maxMs]`; [Samples#TOO_MANY] where their histograms would
  /// take more memory than that. Any thread.
  Samples read(int id, long minMs, long maxMs, long histogramBytesMax) {
    SeriesPage page = page(id);
    int index = index(id);
    while (true) {
      int stamp = page.stamp(index);
      Samples samples = collect(page, index, minMs, maxMs, false);
      if (page.holds(index, stamp)) {
        return page.isMixed(index) ? payloads.resolve(samples, histogramBytesMax) : samples;
      }
    }
  }

  /// Whether there may be samples in `[minMs, maxMs]`, without reading chunks. Any thread.
  boolean mayHave(int id, long minMs, long maxMs) {
    SeriesPage page = page(id);
    int index = index(id);
    while (true) {
      int stamp = page.stamp(index);
      boolean has = mayHave(page, index, minMs, maxMs);
      if (page.holds(index, stamp)) {
        return has;
      }
    }
  }

  private boolean mayHave(SeriesPage page, int index, long minMs, long maxMs) {
    int slot = page.slot(index);
    int count = slot == 0 ? 0 : page.count(index, slot);
    if (count == 0) {
      return false;
    }
    long[] times = arena.times(slot);
    int offset = WindowArena.offset(slot);
    int from = lowerBound(times, offset, offset + count, minMs);
    if (from < offset + count && times[from] <= maxMs) {
      return true;
    }
    ChunkCursor cursor = log.cursor();
    long at = page.head(index);
    while (minMs < times[offset] && cursor.moveTo(at) && cursor.lastMs() >= minMs) {
      if (cursor.firstMs() <= maxMs) {
        return true;
      }
      at = cursor.previous();
    }
    return false;
  }

  /// The same as [#read] without a copy where the window has them all and they are floats. Writing
  /// thread.
  Samples lend(int id, long minMs, long maxMs) {
    SeriesPage page = page(id);
    Samples samples = collect(page, index(id), minMs, maxMs, true);
    return page.isMixed(index(id)) ? payloads.resolve(samples, Long.MAX_VALUE) : samples;
  }

  /// While the other thread moves samples this may see anything in the window, but stays within it;
  /// chunks do not change.
  private Samples collect(SeriesPage page, int index, long minMs, long maxMs, boolean lend) {
    int slot = page.slot(index);
    if (slot == 0) {
      return Samples.NONE;
    }
    int count = page.count(index, slot);
    int offset = WindowArena.offset(slot);
    long[] times = arena.times(slot);
    double[] values = arena.values(slot);
    long head = page.head(index);
    boolean inWindow = head == ChunkLog.NONE || minMs >= times[offset];
    int from = lowerBound(times, offset, offset + count, minMs);
    int to = upperBound(times, from, offset + count, maxMs);
    if (lend && inWindow) {
      return new Samples(times, values, from, to);
    }
    ChunkCursor cursor = log.cursor();
    int sealed = 0;
    if (!inWindow) {
      for (long at = head; cursor.moveTo(at) && cursor.lastMs() >= minMs; at = cursor.previous()) {
        sealed += cursor.firstMs() > maxMs ? 0 : cursor.count();
      }
    }
    if (sealed + to - from == 0) {
      return Samples.NONE;
    }
    long[] copiedTimes = new long[sealed + to - from];
    double[] copiedValues = new double[sealed + to - from];
    System.arraycopy(times, from, copiedTimes, sealed, to - from);
    System.arraycopy(values, from, copiedValues, sealed, to - from);
    int rest = sealed;
    for (long at = head; rest > 0 && cursor.moveTo(at); at = cursor.previous()) {
      if (cursor.firstMs() <= maxMs) {
        rest -= cursor.count();
        cursor.copyTo(copiedTimes, copiedValues, rest);
      }
    }
    int first = lowerBound(copiedTimes, 0, copiedTimes.length, minMs);
    int end = upperBound(copiedTimes, first, copiedTimes.length, maxMs);
    return new Samples(copiedTimes, copiedValues, first, end);
  }

  /// The first index in `[from, to]` whose time is at or after.
  private static int lowerBound(long[] times, int from, int to, long timeMs) {
    int low = from;
    int high = to;
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (times[middle] < timeMs) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }

  /// The first index in `[from, to]` whose time is after.
  private static int upperBound(long[] times, int from, int to, long timeMs) {
    return timeMs == Long.MAX_VALUE ? to : lowerBound(times, from, to, timeMs + 1);
  }

  long appended() {
    return appended.getAcquire();
  }

  long notNewer() {
    return notNewer.getAcquire();
  }

  long held() {
    return Math.max(0, appended() - log.samplesDropped() - removed.getAcquire());
  }

  ChunkLog log() {
    return log;
  }

  /// Bytes of the raw windows. Writing thread.
  long windowBytes() {
    return arena.usedBytes();
  }

  /// Whether any series has payloads among its values, or had them.
  boolean isMixed() {
    return mixed;
  }

  /// Whether this one has. Writing thread.
  boolean isMixed(int id) {
    return page(id).isMixed(index(id));
  }

  /// As it is now, for another thread to write. Only one at a time, until [#release]. Writing
  /// thread.
  ///
  /// @throws IllegalStateException where there is one
  FrozenMemory freeze() {
    if (frozen.get() != null) {
      throw new IllegalStateException("the store is frozen already");
    }
    FrozenMemory now =
        new FrozenMemory(
            arena,
            log.freeze(),
            pages.freeze(live.next()),
            live.next(),
            mixed,
            appended.getPlain(),
            notNewer.getPlain(),
            removed.getPlain());
    frozen.set(now);
    return now;
  }

  /// Nothing is kept for this one any more. Any thread.
  void release(FrozenMemory one) {
    frozen.compareAndSet(one, null);
  }

  /// Into a new memory.
  ///
  /// @param ids of the series, ascending
  /// @param wasMixed what [#isMixed] was
  /// @param removedBefore samples that went with their series
  void readFrom(FrameReader in, int[] ids, boolean wasMixed, long removedBefore)
      throws IOException {
    mixed = wasMixed;
    removed.setPlain(removedBefore);
    appended.setPlain(in.varint(Long.MAX_VALUE, "samples appended"));
    notNewer.setPlain(in.varint(Long.MAX_VALUE, "samples not newer"));
    log.readFrom(in, wasMixed);
    for (int id : ids) {
      addSeries(id);
      readWindow(in, id, wasMixed);
    }
  }

  private void readWindow(FrameReader in, int id, boolean wasMixed) throws IOException {
    int size = (int) in.varint(WindowArena.SAMPLES_MAX, "size of a window");
    if (size == 0) {
      return;
    }
    if (size < WindowArena.SAMPLES_MIN || Integer.bitCount(size) != 1) {
      throw in.corrupt("a window of " + size + " samples");
    }
    SeriesPage page = page(id);
    if (wasMixed && in.varint(1, "whether a series is mixed") == 1) {
      page.setMixed(index(id));
    }
    int slot = arena.allocate(size);
    int count = (int) in.varint(size, "samples of a window");
    long head = in.varint(Long.MAX_VALUE, "address of a chunk");
    int from = WindowArena.offset(slot);
    WindowCodec.readSamples(in, arena.times(slot), arena.values(slot), from, count);
    if (head != ChunkLog.NONE) {
      if (count == 0) {
        throw in.corrupt("a chunk without a window");
      }
      log.check(in, head, arena.times(slot)[WindowArena.offset(slot)]);
    }
    page.setCount(index(id), count);
    page.setHead(index(id), head);
    page.setSlot(index(id), slot);
  }
}

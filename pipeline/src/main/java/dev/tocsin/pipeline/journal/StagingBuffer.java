package dev.tocsin.pipeline.journal;

import dev.tocsin.pipeline.journal.format.Frame;
import dev.tocsin.pipeline.journal.format.FrameSpace;
import java.nio.ByteBuffer;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/// Encoded frames on their way from the stage (one thread) to the writer (one thread). A ring of
/// bytes outside the heap, in which no frame wraps around, and a ring of marks that say what the
/// bytes are. While the writer keeps up only the beginning of the bytes is used, so that an agent
/// with little to do does not touch all of the memory.
final class StagingBuffer implements FrameSpace {
  /// Two frames of the greatest length: one is written while the other is encoded.
  static final int BYTES_MIN = 2 * Frame.BYTES_MAX + 1;

  private static final int MARKS = 8192;
  private static final int MASK = MARKS - 1;

  private static final byte FRAME = 0;
  private static final byte ENTRY_END = 1;
  private static final byte SEGMENT = 2;
  private static final byte UNENCODABLE = 3;

  private final ByteBuffer bytes;
  private final int capacity;

  private final byte[] kinds = new byte[MARKS];
  private final int[] starts = new int[MARKS];
  private final int[] lengths = new int[MARKS];
  private final long[] seqs = new long[MARKS];
  private final long[] nowsMs = new long[MARKS];
  private final int[] epochs = new int[MARKS];
  private volatile @Nullable String unencodable;

  /// Marks written and marks taken.
  private final AtomicLong published = new AtomicLong();

  private final AtomicLong consumed = new AtomicLong();
  private final AtomicLong bytesPublished = new AtomicLong();
  private final AtomicLong bytesConsumed = new AtomicLong();

  /// Where the stage writes next.
  private int writeAt;

  StagingBuffer(int capacity) {
    this.capacity = capacity;
    this.bytes = ByteBuffer.allocateDirect(capacity);
  }

  @Override
  public ByteBuffer bytes() {
    return bytes;
  }

  @Override
  public int claim(int length) {
    long newest = published.getPlain();
    long oldest = consumed.getAcquire();
    if (newest == oldest) {
      writeAt = 0;
      return length <= capacity ? 0 : -1;
    }
    if (newest - oldest >= MARKS) {
      return -1;
    }
    int head = starts[(int) oldest & MASK];
    if (writeAt < head) {
      return length < head - writeAt ? writeAt : -1;
    }
    if (length <= capacity - writeAt) {
      return writeAt;
    }
    return length < head ? 0 : -1;
  }

  @Override
  public void publish(int at, int length, long seq, boolean endsEntry) {
    writeAt = at + length;
    bytesPublished.lazySet(bytesPublished.getPlain() + length);
    mark(endsEntry ? ENTRY_END : FRAME, at, length, seq, 0, 0);
  }

  @Override
  public boolean publishUnencodable(long seq, String reason) {
    if (claim(0) < 0) {
      return false;
    }
    unencodable = reason;
    mark(UNENCODABLE, writeAt, 0, seq, 0, 0);
    return true;
  }

  /// What follows belongs to a new segment. False where there is no room to say so now.
  boolean publishSegment(long firstSeq, long nowMs, int epoch) {
    if (claim(0) < 0) {
      return false;
    }
    mark(SEGMENT, writeAt, 0, firstSeq, nowMs, epoch);
    return true;
  }

  private void mark(byte kind, int at, int length, long seq, long nowMs, int epoch) {
    long index = published.getPlain();
    int slot = (int) index & MASK;
    kinds[slot] = kind;
    starts[slot] = at;
    lengths[slot] = length;
    seqs[slot] = seq;
    nowsMs[slot] = nowMs;
    epochs[slot] = epoch;
    published.setRelease(index + 1);
  }

  /// 0 to 1. Any thread.
  double fullness() {
    long taken = bytesConsumed.get(); // first: the difference must not be negative
    double ofBytes = (double) (bytesPublished.get() - taken) / capacity;
    long marksTaken = consumed.get();
    double ofMarks = (double) (published.get() - marksTaken) / MARKS;
    return Math.clamp(Math.max(ofBytes, ofMarks), 0, 1);
  }

  // The writer's side.

  long firstMark() {
    return consumed.getPlain();
  }

  /// Marks below this one may be read.
  long endOfMarks() {
    return published.getAcquire();
  }

  boolean isFrame(long mark) {
    return kinds[(int) mark & MASK] <= ENTRY_END;
  }

  boolean endsEntry(long mark) {
    return kinds[(int) mark & MASK] == ENTRY_END;
  }

  boolean startsSegment(long mark) {
    return kinds[(int) mark & MASK] == SEGMENT;
  }

  int start(long mark) {
    return starts[(int) mark & MASK];
  }

  int length(long mark) {
    return lengths[(int) mark & MASK];
  }

  long seq(long mark) {
    return seqs[(int) mark & MASK];
  }

  long nowMs(long mark) {
    return nowsMs[(int) mark & MASK];
  }

  int epoch(long mark) {
    return epochs[(int) mark & MASK];
  }

  String unencodableReason() {
    String reason = unencodable;
    return reason == null ? "" : reason;
  }

  /// The marks below this one, and their bytes, may be written over.
  void consume(long endMark) {
    long taken = 0;
    for (long mark = consumed.getPlain(); mark < endMark; mark++) {
      taken += length(mark);
    }
    bytesConsumed.lazySet(bytesConsumed.getPlain() + taken);
    consumed.setRelease(endMark);
  }
}

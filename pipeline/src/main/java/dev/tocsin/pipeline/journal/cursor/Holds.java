package dev.tocsin.pipeline.journal.cursor;

import dev.tocsin.pipeline.journal.segment.SegmentLedger;
import dev.tocsin.world.disk.Disk;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/// Keeps segments for readers behind the writer, and bounds how many. Any thread.
///
/// What recovery needs is kept in any case and counts by itself, as if there were no readers.
/// Beyond that at most [Limits#bytesMax] are kept, and nothing while the disk has less than
/// [Limits#freeBytesMin] left; who needs older entries then has to go on behind them, see
/// [#firstAllowed].
public final class Holds {
  /// @param bytesMax of segments that are kept for readers alone
  /// @param freeBytesMin of the disk; with less nothing is kept for readers alone
  public record Limits(long bytesMax, long freeBytesMin) {}

  private final SegmentLedger segments;
  private final Disk disk;
  private final Path directory;
  private final Limits limits;
  private final Map<String, Long> neededByReader = new ConcurrentHashMap<>();

  /// @param recoverySeq the first entry that a recovery reads
  public Holds(SegmentLedger segments, Disk disk, Path directory, Limits limits, long recoverySeq) {
    this.segments = segments;
    this.disk = disk;
    this.directory = directory;
    this.limits = limits;
    segments.holdFrom(this::oldestNeeded, recoverySeq);
  }

  public SegmentLedger segments() {
    return segments;
  }

  /// The reader needs entries from this one on, until it says otherwise. To be called once its
  /// position is durable: after a crash it begins there.
  public void need(String reader, long seq) {
    neededByReader.put(reader, seq);
  }

  /// Deletes what nobody needs any more.
  public void release() throws IOException {
    segments.deleteUnneeded();
  }

  private long oldestNeeded() {
    long oldest = Long.MAX_VALUE;
    for (long seq : neededByReader.values()) {
      oldest = Math.min(oldest, seq);
    }
    return oldest;
  }

  /// The oldest entry that a reader at `seq` may still read: `seq` itself within the limits.
  public long firstAllowed(long seq) throws IOException {
    long held = segments.heldBytes(seq);
    if (held == 0) {
      return seq;
    }
    long allowed = disk.usableBytes(directory) < limits.freeBytesMin ? 0 : limits.bytesMax;
    long first = seq;
    while (held > allowed) {
      long next = segments.after(first);
      if (next < 0) {
        return first;
      }
      first = next;
      held = segments.heldBytes(first);
    }
    return first;
  }
}

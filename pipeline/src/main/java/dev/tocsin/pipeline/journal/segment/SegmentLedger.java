package dev.tocsin.pipeline.journal.segment;

import dev.tocsin.pipeline.journal.format.FormatException;
import dev.tocsin.world.disk.Disk;
import dev.tocsin.world.disk.DiskFile;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/// Which segments there are, and how many bytes they take. Any thread.
///
/// Segments that no recovery needs are deleted, but for those that are kept for a while, and those
/// that a reader behind the writer still has to read: who reads bounds these.
public final class SegmentLedger {
  private final Disk disk;
  private final Path directory;
  private final Quarantine quarantine;
  private final TreeMap<Long, Segment> bySeq = new TreeMap<>();

  private final ReentrantLock deleting = new ReentrantLock();

  /// Guarded by this: a recovery begins here or later.
  private long recoveryFrom;

  /// Guarded by this: no checkpoint needs what is before.
  private long neededSeq;

  /// Guarded by this: how long, and in how much, what nobody needs is kept.
  private long keptFromMs = Long.MAX_VALUE;

  private long keptBytesMax;

  /// The oldest entry that a reader still has to read.
  private volatile @Nullable LongSupplier heldFrom;

  /// @param createdMs `now` of its first entry; 0 where that cannot be read
  private record Segment(long createdMs, long bytes) {}

  private SegmentLedger(Disk disk, Path directory, Quarantine quarantine) {
    this.disk = disk;
    this.directory = directory;
    this.quarantine = quarantine;
  }

  /// Of the segments that are there now.
  public static SegmentLedger of(Disk disk, Path directory, Quarantine quarantine)
      throws IOException {
    SegmentLedger ledger = new SegmentLedger(disk, directory, quarantine);
    for (Path file : disk.list(directory)) {
      long seq = FileName.seq(file, FileName.SEGMENT);
      if (seq >= 0) {
        ledger.begin(seq, createdMs(disk, file), disk.size(file));
      }
    }
    return ledger;
  }

  private static long createdMs(Disk disk, Path file) throws IOException {
    try (DiskFile open = disk.openForReading(file)) {
      return new SegmentScanner(open).header().createdMs();
    } catch (FormatException _) {
      return 0; // recovery has told what is wrong with it
    }
  }

  public synchronized void begin(long firstSeq, long createdMs, long bytes) {
    bySeq.put(firstSeq, new Segment(createdMs, bytes));
  }

  /// A segment that has begun takes so many bytes now.
  public synchronized void put(long firstSeq, long bytes) {
    bySeq.computeIfPresent(firstSeq, (_, segment) -> new Segment(segment.createdMs, bytes));
  }

  public synchronized long totalBytes() {
    long total = 0;
    for (Segment segment : bySeq.values()) {
      total += segment.bytes;
    }
    return total;
  }

  /// Bytes that count where the journal is limited: all but what only a reader needs.
  public long recoveryBytes() {
    return totalBytes() - heldBytes(heldSeq());
  }

  /// Bytes of segments that recovery does not need and that hold entries from `seq` on.
  public synchronized long heldBytes(long seq) {
    long total = 0;
    for (Map.Entry<Long, Segment> segment : bySeq.entrySet()) {
      long firstSeq = segment.getKey();
      boolean held = isBefore(firstSeq, recoveryFrom) && !isBefore(firstSeq, seq);
      total += held ? segment.getValue().bytes : 0;
    }
    return total;
  }

  /// `Long.MAX_VALUE` where nobody reads.
  private long heldSeq() {
    LongSupplier held = heldFrom;
    return held == null ? Long.MAX_VALUE : held.getAsLong();
  }

  /// Bytes of the segments that hold entries from `seq` on.
  public synchronized long bytesFrom(long seq) {
    long total = 0;
    for (Map.Entry<Long, Segment> segment : bySeq.entrySet()) {
      total += isBefore(segment.getKey(), seq) ? 0 : segment.getValue().bytes;
    }
    return total;
  }

  /// The first entry of the newest segment that begins at `seq` or before; -1 where there is none.
  public synchronized long floor(long seq) {
    Long found = bySeq.floorKey(seq);
    return found == null ? -1 : found;
  }

  /// The first entry of the oldest segment that begins after `seq`; -1 where there is none.
  public synchronized long after(long seq) {
    Long found = bySeq.higherKey(seq);
    return found == null ? -1 : found;
  }

  public Path file(long firstSeq) {
    return FileName.segment(directory, firstSeq);
  }

  /// From now on segments with entries from this one on are kept.
  ///
  /// @param recoverySeq the first entry that a recovery reads
  public synchronized void holdFrom(LongSupplier oldestNeeded, long recoverySeq) {
    recoveryFrom = Math.max(recoveryFrom, recoverySeq);
    heldFrom = oldestNeeded;
  }

  public synchronized int count() {
    return bySeq.size();
  }

  /// Deletes segments that nobody needs, the oldest first: those in which all is older than
  /// `keptMs`, and as many as make all that count together more than `bytesMax`. Never the newest
  /// segment.
  ///
  /// @param needed segments with an entry of this seq or a later one are needed
  public void expire(long needed, long keptMs, long bytesMax) throws IOException {
    synchronized (this) {
      recoveryFrom = Math.max(recoveryFrom, needed);
      neededSeq = Math.max(neededSeq, needed);
      keptFromMs = keptMs;
      keptBytesMax = bytesMax;
    }
    delete(keptMs, bytesMax);
  }

  /// A reader needs less than before: deletes what nobody needs any more.
  public void deleteUnneeded() throws IOException {
    long keptMs;
    long bytesMax;
    synchronized (this) {
      keptMs = keptFromMs;
      bytesMax = keptBytesMax;
    }
    delete(keptMs, bytesMax);
  }

  /// Deletes segments that nobody needs, the oldest first, until all that count together are at
  /// most that, as far as that makes room.
  public void makeRoom(long bytesMax) throws IOException {
    delete(Long.MIN_VALUE, bytesMax);
  }

  private void delete(long keptMs, long bytesMax) throws IOException {
    long held = heldSeq();
    deleting.lock();
    try {
      delete(expired(held, keptMs, bytesMax));
    } finally {
      deleting.unlock();
    }
  }

  /// Deletes the segments that begin at `firstSeq` or later, the newest first, so that what is left
  /// after a crash still begins at `firstSeq`.
  public void deleteFrom(long firstSeq) throws IOException {
    deleting.lock();
    try {
      delete(from(firstSeq));
    } finally {
      deleting.unlock();
    }
  }

  private synchronized List<Long> expired(long heldSeq, long keptMs, long bytesMax) {
    List<Long> found = new ArrayList<>();
    long total = totalBytes() - heldBytes(heldSeq);
    for (Map.Entry<Long, Segment> segment : bySeq.entrySet()) {
      long firstSeq = segment.getKey();
      if (!isBefore(firstSeq, Math.min(neededSeq, heldSeq))) {
        break;
      }
      boolean isRecent = bySeq.higherEntry(firstSeq).getValue().createdMs > keptMs;
      if (isRecent && total <= bytesMax) {
        break;
      }
      found.add(firstSeq);
      total -= segment.getValue().bytes;
    }
    return found;
  }

  /// Whether all entries of the segment are before `seq`; what the newest one holds is not known.
  private boolean isBefore(long firstSeq, long seq) {
    Long successor = bySeq.higherKey(firstSeq);
    return successor != null && successor <= seq;
  }

  private synchronized List<Long> from(long firstSeq) {
    return new ArrayList<>(bySeq.tailMap(firstSeq, true).descendingMap().keySet());
  }

  private void delete(List<Long> seqs) throws IOException {
    for (long seq : seqs) {
      quarantine.remove(FileName.segment(directory, seq));
      synchronized (this) {
        bySeq.remove(seq);
      }
    }
    if (!seqs.isEmpty()) {
      disk.forceDirectory(directory);
    }
  }
}

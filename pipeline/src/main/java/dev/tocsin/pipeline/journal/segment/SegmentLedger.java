package dev.tocsin.pipeline.journal.segment;

import dev.tocsin.world.disk.Disk;
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
/// Segments that no recovery needs are deleted, but for those that a reader behind the writer still
/// has to read: who reads bounds them.
public final class SegmentLedger {
  private final Disk disk;
  private final Path directory;
  private final TreeMap<Long, Long> bytesBySeq = new TreeMap<>();
  private final ReentrantLock deleting = new ReentrantLock();

  /// Guarded by this: a recovery begins here or later.
  private long recoveryFrom;

  /// Guarded by this: what is before no recovery needs, also not that of an older checkpoint.
  private long unneededBefore;

  /// The oldest entry that a reader still has to read.
  private volatile @Nullable LongSupplier heldFrom;

  private SegmentLedger(Disk disk, Path directory) {
    this.disk = disk;
    this.directory = directory;
  }

  /// Of the segments that are there now.
  public static SegmentLedger of(Disk disk, Path directory) throws IOException {
    SegmentLedger ledger = new SegmentLedger(disk, directory);
    for (Path file : disk.list(directory)) {
      long seq = FileName.seq(file, FileName.SEGMENT);
      if (seq >= 0) {
        ledger.put(seq, disk.size(file));
      }
    }
    return ledger;
  }

  public synchronized void put(long firstSeq, long bytes) {
    bytesBySeq.put(firstSeq, bytes);
  }

  public synchronized long totalBytes() {
    long total = 0;
    for (long bytes : bytesBySeq.values()) {
      total += bytes;
    }
    return total;
  }

  /// Bytes that recovery needs: all, where nobody holds segments beyond that.
  public synchronized long recoveryBytes() {
    long total = 0;
    for (Map.Entry<Long, Long> segment : bytesBySeq.entrySet()) {
      total +=
          heldFrom != null && isBefore(segment.getKey(), recoveryFrom) ? 0 : segment.getValue();
    }
    return total;
  }

  /// Bytes of segments that recovery does not need and that hold entries from `seq` on.
  public synchronized long heldBytes(long seq) {
    long total = 0;
    for (Map.Entry<Long, Long> segment : bytesBySeq.entrySet()) {
      long firstSeq = segment.getKey();
      total +=
          isBefore(firstSeq, recoveryFrom) && !isBefore(firstSeq, seq) ? segment.getValue() : 0;
    }
    return total;
  }

  /// Bytes of the segments that hold entries from `seq` on.
  public synchronized long bytesFrom(long seq) {
    long total = 0;
    for (Map.Entry<Long, Long> segment : bytesBySeq.entrySet()) {
      total += isBefore(segment.getKey(), seq) ? 0 : segment.getValue();
    }
    return total;
  }

  /// The first entry of the newest segment that begins at `seq` or before; -1 where there is none.
  public synchronized long floor(long seq) {
    Long found = bytesBySeq.floorKey(seq);
    return found == null ? -1 : found;
  }

  /// The first entry of the oldest segment that begins after `seq`; -1 where there is none.
  public synchronized long after(long seq) {
    Long found = bytesBySeq.higherKey(seq);
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
    return bytesBySeq.size();
  }

  /// Recovery needs nothing before `seq`: deletes the segments all of whose entries are before it,
  /// but for those that are held; never the newest segment.
  public void deleteBefore(long seq) throws IOException {
    synchronized (this) {
      recoveryFrom = Math.max(recoveryFrom, seq);
      unneededBefore = Math.max(unneededBefore, seq);
    }
    deleteUnneeded();
  }

  /// Deletes what neither recovery nor a reader needs any more.
  public void deleteUnneeded() throws IOException {
    LongSupplier held = heldFrom;
    long from = held == null ? Long.MAX_VALUE : held.getAsLong();
    deleting.lock();
    try {
      delete(before(from));
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

  private synchronized List<Long> before(long heldSeq) {
    long seq = Math.min(unneededBefore, heldSeq);
    List<Long> found = new ArrayList<>();
    for (long firstSeq : bytesBySeq.keySet()) {
      if (isBefore(firstSeq, seq)) {
        found.add(firstSeq);
      }
    }
    return found;
  }

  /// Whether all entries of the segment are before `seq`; what the newest one holds is not known.
  private boolean isBefore(long firstSeq, long seq) {
    Long successor = bytesBySeq.higherKey(firstSeq);
    return successor != null && successor <= seq;
  }

  private synchronized List<Long> from(long firstSeq) {
    return new ArrayList<>(bytesBySeq.tailMap(firstSeq, true).descendingMap().keySet());
  }

  private void delete(List<Long> seqs) throws IOException {
    for (long seq : seqs) {
      Path file = FileName.segment(directory, seq);
      if (disk.exists(file)) {
        disk.delete(file);
      }
      synchronized (this) {
        bytesBySeq.remove(seq);
      }
    }
    if (!seqs.isEmpty()) {
      disk.forceDirectory(directory);
    }
  }
}

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

/// Which segments there are, and how many bytes they take. Any thread.
public final class SegmentLedger {
  private final Disk disk;
  private final Path directory;
  private final Quarantine quarantine;
  private final TreeMap<Long, Segment> bySeq = new TreeMap<>();

  /// No checkpoint needs what is before.
  private long neededSeq;

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

  public synchronized int count() {
    return bySeq.size();
  }

  /// Deletes segments that are not needed, the oldest first: those in which all is older than
  /// `keptFromMs`, and as many as make all segments together more than `bytesMax`. Never the newest
  /// segment.
  ///
  /// @param needed segments with an entry of this seq or a later one are needed
  public void expire(long needed, long keptFromMs, long bytesMax) throws IOException {
    delete(expired(needed, keptFromMs, bytesMax));
  }

  /// Deletes segments that are not needed, the oldest first, until all together are at most that,
  /// as far as that makes room.
  public void makeRoom(long bytesMax) throws IOException {
    delete(expired(0, Long.MIN_VALUE, bytesMax));
  }

  /// Deletes the segments that begin at `firstSeq` or later, the newest first, so that what is left
  /// after a crash still begins at `firstSeq`.
  public void deleteFrom(long firstSeq) throws IOException {
    delete(from(firstSeq));
  }

  private synchronized List<Long> expired(long needed, long keptFromMs, long bytesMax) {
    neededSeq = Math.max(neededSeq, needed);
    List<Long> found = new ArrayList<>();
    long total = totalBytes();
    for (Map.Entry<Long, Segment> segment : bySeq.entrySet()) {
      Map.Entry<Long, Segment> successor = bySeq.higherEntry(segment.getKey());
      boolean isNeeded = successor == null || successor.getKey() > neededSeq;
      if (isNeeded || (successor.getValue().createdMs > keptFromMs && total <= bytesMax)) {
        break;
      }
      found.add(segment.getKey());
      total -= segment.getValue().bytes;
    }
    return found;
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

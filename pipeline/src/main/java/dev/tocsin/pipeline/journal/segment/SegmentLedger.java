package dev.tocsin.pipeline.journal.segment;

import dev.tocsin.world.disk.Disk;
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
  private final TreeMap<Long, Long> bytesBySeq = new TreeMap<>();

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

  public synchronized int count() {
    return bytesBySeq.size();
  }

  /// Deletes the segments all of whose entries are before `seq`; never the newest segment.
  public void deleteBefore(long seq) throws IOException {
    delete(before(seq));
  }

  /// Deletes the segments that begin at `firstSeq` or later, the newest first, so that what is left
  /// after a crash still begins at `firstSeq`.
  public void deleteFrom(long firstSeq) throws IOException {
    delete(from(firstSeq));
  }

  private synchronized List<Long> before(long seq) {
    List<Long> found = new ArrayList<>();
    for (Map.Entry<Long, Long> segment : bytesBySeq.entrySet()) {
      Long successor = bytesBySeq.higherKey(segment.getKey());
      if (successor != null && successor <= seq) {
        found.add(segment.getKey());
      }
    }
    return found;
  }

  private synchronized List<Long> from(long firstSeq) {
    return new ArrayList<>(bytesBySeq.tailMap(firstSeq, true).descendingMap().keySet());
  }

  private void delete(List<Long> seqs) throws IOException {
    for (long seq : seqs) {
      quarantine.remove(FileName.segment(directory, seq));
      synchronized (this) {
        bytesBySeq.remove(seq);
      }
    }
    if (!seqs.isEmpty()) {
      disk.forceDirectory(directory);
    }
  }
}

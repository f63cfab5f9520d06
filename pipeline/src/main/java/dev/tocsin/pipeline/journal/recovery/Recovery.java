package dev.tocsin.pipeline.journal.recovery;

import dev.tocsin.pipeline.journal.JournalConfig;
import dev.tocsin.pipeline.journal.JournalStart;
import dev.tocsin.pipeline.journal.format.CheckpointHeader;
import dev.tocsin.pipeline.journal.format.EntryAssembler;
import dev.tocsin.pipeline.journal.format.FormatException;
import dev.tocsin.pipeline.journal.format.JournalException;
import dev.tocsin.pipeline.journal.format.SegmentHeader;
import dev.tocsin.pipeline.journal.segment.FileName;
import dev.tocsin.pipeline.journal.segment.SegmentScanner;
import dev.tocsin.world.disk.Disk;
import dev.tocsin.world.disk.DiskFile;
import java.io.DataInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;

/// Reads a journal at the start: the newest checkpoint that is whole, then every complete entry
/// behind it. Cuts off what a crash left unfinished. Refuses, with file and offset, to go on behind
/// damage in what had been durable, unless [JournalConfig#salvage] is on. One thread.
public final class Recovery {
  private static final int KEEP_BYTES = 64 << 10;

  /// `problem` is what is wrong with the header, or empty.
  private record Segment(Path path, long firstSeq, boolean afterGap, String problem) {}

  private final Disk disk;
  private final Path directory;
  private final List<Segment> segments = new ArrayList<>();
  private final List<Segment> undurable = new ArrayList<>();
  private final @Nullable CheckpointHeader checkpoint;
  private final @Nullable Path checkpointPath;
  private final ReplayTally tally;

  private Recovery(
      Disk disk,
      Path directory,
      @Nullable CheckpointHeader checkpoint,
      @Nullable Path checkpointPath,
      ReplayTally tally) {
    this.disk = disk;
    this.directory = directory;
    this.checkpoint = checkpoint;
    this.checkpointPath = checkpointPath;
    this.tally = tally;
  }

  /// A checkpoint that is whole.
  ///
  /// @param damagedSeq the newest of those that are not; -1: none
  /// @param damaged what is wrong with newer ones
  private record Newest(
      @Nullable CheckpointHeader header,
      @Nullable Path path,
      long damagedSeq,
      SequencedMap<Path, String> damaged) {
    long seq() {
      return header == null ? 0 : header.seq();
    }

    void tell(ReplayTally tally) {
      damaged.forEach(tally::damagedCheckpoint);
      if (!damaged.isEmpty() && path != null) {
        tally.note("the older checkpoint " + path + " is used instead");
      }
    }
  }

  /// Looks at what is there, and changes nothing. An absent directory is an empty journal.
  public static Recovery open(Disk disk, Path directory, JournalConfig config) throws IOException {
    List<Path> files = disk.list(directory);
    Newest newest = newest(disk, files);
    CheckpointHeader found = newest.header;
    ReplayTally tally =
        new ReplayTally(config.salvage(), newest.seq(), found == null ? 0 : found.nowMs());
    newest.tell(tally);
    Recovery recovery = new Recovery(disk, directory, found, newest.path, tally);
    recovery.findSegments(files, newest.damagedSeq, newest.seq());
    return recovery;
  }

  /// The same for whoever wants to read all that the segments still hold, also what a checkpoint
  /// holds as well. What cannot be read is left out and noted. Only [#read] may follow.
  public static Recovery ofAll(Disk disk, Path directory) throws IOException {
    List<Path> files = disk.list(directory);
    Newest newest = newest(disk, files);
    Recovery recovery = new Recovery(disk, directory, null, null, new ReplayTally(true, 0, 0));
    recovery.findSegments(files, newest.damagedSeq, newest.seq());
    return recovery;
  }

  private static Newest newest(Disk disk, List<Path> files) throws IOException {
    SequencedMap<Path, String> damaged = new LinkedHashMap<>();
    CheckpointHeader found = null;
    Path foundPath = null;
    long damagedSeq = -1;
    for (Path file : files.reversed()) {
      long seq = FileName.seq(file, FileName.CHECKPOINT);
      if (seq < 0 || found != null) {
        continue;
      }
      try {
        found = CheckpointInput.verify(disk, file);
        foundPath = file;
      } catch (FormatException e) {
        damagedSeq = Math.max(damagedSeq, seq);
        damaged.put(file, e.getMessage() + "");
      }
    }
    return new Newest(found, foundPath, damagedSeq, damaged);
  }

  /// The seq of the checkpoint that is used; 0: none.
  public long checkpointSeq() {
    return tally.checkpointSeq();
  }

  /// Milliseconds of its `now`; 0: none.
  public long checkpointNowMs() {
    return checkpoint == null ? 0 : checkpoint.nowMs();
  }

  /// The body of the checkpoint, or null where there is none. To be closed by the caller. Its
  /// checksum has been compared already.
  public @Nullable DataInputStream openCheckpoint() throws IOException {
    if (checkpointPath == null) {
      return null;
    }
    try {
      return new DataInputStream(CheckpointInput.open(disk, checkpointPath));
    } catch (FormatException e) {
      throw new JournalException(checkpointPath, 0, e.getMessage() + "");
    }
  }

  /// @param coveredSeq of the newest checkpoint that is whole; 0: none
  private void findSegments(List<Path> files, long damagedCheckpointSeq, long coveredSeq)
      throws IOException {
    for (Path file : files) {
      long firstSeq = FileName.seq(file, FileName.SEGMENT);
      if (firstSeq < 0) {
        continue;
      }
      Segment segment = readHeader(file, firstSeq);
      boolean uncovered = segment.afterGap && firstSeq - 1 > coveredSeq;
      if (uncovered && damagedCheckpointSeq >= firstSeq - 1) {
        long from = tally.checkpointSeq() + 1;
        tally.missing(file, 0, "it goes with a checkpoint that is damaged", from, firstSeq - 1);
        uncovered = false;
      }
      if (uncovered || !undurable.isEmpty()) {
        undurable.add(segment);
      } else {
        segments.add(segment);
      }
    }
  }

  /// Throws where a newer Tocsin has written it: that is no damage.
  private Segment readHeader(Path file, long firstSeq) throws IOException {
    try (DiskFile open = disk.openForReading(file)) {
      SegmentHeader header = new SegmentScanner(open).header();
      if (header.firstSeq() != firstSeq) {
        throw new FormatException("its header says that it begins with entry " + header.firstSeq());
      }
      return new Segment(file, firstSeq, header.afterGap(), "");
    } catch (FormatException e) {
      if (e.isNewer()) {
        throw new JournalException(file, 0, e.getMessage() + "");
      }
      return new Segment(file, firstSeq, false, e.getMessage() + "");
    }
  }

  /// Hands over every complete entry that the checkpoint does not hold, in order; then makes the
  /// directory ready to be written again. Once.
  public RecoveryReport replay(ReplayVisitor visitor) throws IOException {
    replayAll(visitor, true);
    removeLeftovers();
    return report();
  }

  /// Hands over the same entries, and changes nothing. Once.
  public RecoveryReport read(ReplayVisitor visitor) throws IOException {
    replayAll(visitor, false);
    return report();
  }

  /// The first entry of the oldest segment; 0 where there is none.
  public long oldestSeq() {
    return segments.isEmpty() ? 0 : segments.getFirst().firstSeq;
  }

  private void replayAll(ReplayVisitor visitor, boolean changes) throws IOException {
    EntryAssembler assembler = new EntryAssembler();
    long seq = -1;
    for (int i = firstNeeded(); i < segments.size(); i++) {
      Segment segment = segments.get(i);
      long expected = Math.max(seq, tally.checkpointSeq()) + 1;
      if (segment.firstSeq > expected) {
        tally.missing(
            segment.path, 0, "entries before it are missing", expected, segment.firstSeq - 1);
        if (tally.salvaged) {
          assembler.handOverRepeated(true);
          assembler.alsoDefine(later(segment).find(0));
        }
      }
      if (!segment.problem.isEmpty()) {
        tally.damaged(segment.path, 0, segment.problem);
      }
      seq = replaySegment(segment, i == segments.size() - 1, assembler, visitor, changes);
    }
  }

  private LaterDefinitions later(Segment from) {
    List<Segment> behind = segments.subList(segments.indexOf(from), segments.size());
    return new LaterDefinitions(disk, behind.stream().map(Segment::path).toList());
  }

  private RecoveryReport report() {
    JournalStart start =
        new JournalStart(
            tally.lastSeq,
            tally.lastNowMs,
            tally.bytes,
            tally.checkpointSeq(),
            tally.salvaged,
            tally.damage());
    return new RecoveryReport(
        start,
        tally.entries,
        tally.samples,
        tally.bytes,
        tally.cutBytes,
        tally.undurableSegments,
        tally.notes());
  }

  /// The newest segment that begins at or before the first entry to replay.
  private int firstNeeded() {
    int needed = 0;
    for (int i = 0; i < segments.size(); i++) {
      if (segments.get(i).firstSeq <= tally.checkpointSeq() + 1) {
        needed = i;
      }
    }
    return needed;
  }

  /// @param changes whether the newest segment is made ready to be written again
  private long replaySegment(
      Segment segment,
      boolean newest,
      EntryAssembler assembler,
      ReplayVisitor visitor,
      boolean changes)
      throws IOException {
    long seq;
    boolean empty;
    try (DiskFile file = changes ? disk.open(segment.path) : disk.openForReading(segment.path)) {
      SegmentScanner scanner = new SegmentScanner(file);
      SegmentReplay replay =
          new SegmentReplay(
              segment.path,
              scanner,
              newest,
              segment.firstSeq,
              assembler,
              tally,
              visitor,
              later(segment));
      seq = replay.run();
      empty = replay.keptEnd() == SegmentHeader.BYTES;
      if (newest && changes) {
        cut(segment.path, file, scanner, replay.keptEnd());
        keep(file, replay.toldEnd(), replay.keptEnd());
      }
    }
    if (newest && empty && changes) {
      disk.delete(segment.path);
      disk.forceDirectory(directory);
    }
    return seq;
  }

  private void cut(Path path, DiskFile file, SegmentScanner scanner, long end) throws IOException {
    long bytes = scanner.endOfContent(end) - end;
    if (bytes > 0) {
      tally.cutBytes += bytes;
      tally.note(
          "%s:%s: %s bytes cut off: a write that was interrupted".formatted(path, end, bytes));
    }
    if (scanner.size() > end) {
      file.truncate(end);
    }
  }

  /// Writes a part of the file once more, as it is, and forces: it may have been read from memory
  /// alone. A force without it would not do, for where an earlier force failed the system may take
  /// what it should have written for written.
  private static void keep(DiskFile file, long from, long end) throws IOException {
    ByteBuffer block = ByteBuffer.allocate(KEEP_BYTES);
    for (long at = from; at < end; ) {
      block.clear().limit((int) Math.min(KEEP_BYTES, end - at));
      int count = file.read(block, at);
      if (count <= 0) {
        throw new IOException("the file has become shorter while it was read");
      }
      file.write(block.flip(), at);
      at += count;
    }
    file.force();
  }

  private void removeLeftovers() throws IOException {
    // the newest first: what is left after a crash still begins with the one that says "after a
    // gap"
    for (Segment segment : undurable.reversed()) {
      disk.delete(segment.path);
      disk.forceDirectory(directory);
      tally.undurableSegments++;
    }
    List<Path> files = disk.list(directory);
    for (Path file : files) {
      if (FileName.isUnfinished(file)) {
        disk.delete(file);
      }
    }
    if (!files.isEmpty()) {
      // Also for the names that were found: they may be known to memory alone.
      disk.forceDirectory(directory);
    }
  }
}

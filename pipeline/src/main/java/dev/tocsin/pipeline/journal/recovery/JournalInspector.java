package dev.tocsin.pipeline.journal.recovery;

import dev.tocsin.pipeline.journal.format.CheckpointHeader;
import dev.tocsin.pipeline.journal.format.FormatException;
import dev.tocsin.pipeline.journal.format.FrameView;
import dev.tocsin.pipeline.journal.segment.FileName;
import dev.tocsin.pipeline.journal.segment.SegmentScanner;
import dev.tocsin.world.disk.Disk;
import dev.tocsin.world.disk.DiskFile;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// Looks at a journal's directory for people: what is in it, and what is wrong with it. Changes
/// nothing; for a journal that is being written the last frames may be half there.
public final class JournalInspector {
  /// Sees every valid frame of a segment, in order.
  @FunctionalInterface
  public interface FrameVisitor {
    /// The frame is valid until this returns.
    ///
    /// @param offset in the file, bytes
    void frame(long offset, FrameView frame);
  }

  private final Disk disk;
  private final Path directory;

  public JournalInspector(Disk disk, Path directory) {
    this.disk = disk;
    this.directory = directory;
  }

  /// Reads all of every file.
  public JournalOverview inspect() throws IOException {
    List<SegmentOverview> segments = new ArrayList<>();
    List<CheckpointOverview> checkpoints = new ArrayList<>();
    for (Path file : disk.list(directory)) {
      long seq = FileName.seq(file, FileName.SEGMENT);
      if (seq >= 0) {
        segments.add(inspect(file, seq));
      }
      seq = FileName.seq(file, FileName.CHECKPOINT);
      if (seq >= 0) {
        checkpoints.add(inspectCheckpoint(file, seq));
      }
    }
    return new JournalOverview(segments, checkpoints, problems(segments, checkpoints));
  }

  /// Shows the frames of one segment, also those behind damage.
  public void frames(Path segment, FrameVisitor visitor) throws IOException {
    try (DiskFile file = disk.openForReading(segment)) {
      SegmentScanner scanner = new SegmentScanner(file);
      while (scanner.next() || scanner.nextBeyondDamage()) {
        visitor.frame(scanner.frameAt(), scanner.frame());
      }
    }
  }

  private SegmentOverview inspect(Path path, long firstSeq) throws IOException {
    try (DiskFile file = disk.openForReading(path)) {
      return new SegmentInspection(path, firstSeq, new SegmentScanner(file)).run();
    }
  }

  private CheckpointOverview inspectCheckpoint(Path file, long seq) throws IOException {
    try {
      CheckpointHeader header = CheckpointInput.verify(disk, file);
      return new CheckpointOverview(file, header.seq(), header.nowMs(), header.length(), "");
    } catch (FormatException e) {
      return new CheckpointOverview(file, seq, 0, 0, e.getMessage() + "");
    }
  }

  private static List<JournalProblem> problems(
      List<SegmentOverview> segments, List<CheckpointOverview> checkpoints) {
    List<JournalProblem> problems = new ArrayList<>();
    long usable = 0;
    for (CheckpointOverview checkpoint : checkpoints) {
      if (checkpoint.problem().isEmpty()) {
        usable = checkpoint.seq();
      } else {
        problems.add(new JournalProblem(checkpoint.file(), 0, checkpoint.problem()));
      }
    }
    long last = -1;
    for (SegmentOverview segment : segments) {
      problems.addAll(segment.problems());
      boolean covered = segment.firstSeq() <= usable + 1;
      boolean follows = last < 0 ? covered : segment.firstSeq() == last + 1;
      if (!follows && !covered) {
        String before =
            last < 0 ? "no checkpoint before it" : "the segment before it ends at " + last;
        problems.add(
            new JournalProblem(
                segment.file(),
                0,
                segment.afterGap()
                    ? "begins after a failure that no checkpoint has ended: nothing in it counts"
                    : "begins with entry " + segment.firstSeq() + "; " + before));
      }
      last = segment.lastSeq();
    }
    return problems;
  }
}

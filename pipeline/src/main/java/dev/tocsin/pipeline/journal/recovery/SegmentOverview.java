package dev.tocsin.pipeline.journal.recovery;

import dev.tocsin.pipeline.journal.format.FrameType;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/// One segment.
///
/// @param firstSeq by its name
/// @param lastSeq the newest complete entry; `firstSeq - 1` where there is none
/// @param createdMs Unix milliseconds; 0 where the header cannot be read
/// @param firstMs `now` of the first entry, Unix milliseconds; 0 where there is none
/// @param lastMs `now` of the last entry
/// @param afterGap it began after a failure of the journal
/// @param usedBytes of header and frames
/// @param fileBytes on disk
/// @param frames by type
/// @param problems at most [#PROBLEMS_MAX]
public record SegmentOverview(
    Path file,
    long firstSeq,
    long lastSeq,
    long createdMs,
    long firstMs,
    long lastMs,
    boolean afterGap,
    long usedBytes,
    long fileBytes,
    Map<FrameType, Long> frames,
    long entries,
    long samples,
    List<JournalProblem> problems) {
  public static final int PROBLEMS_MAX = 100;

  public SegmentOverview {
    frames = Map.copyOf(frames);
    problems = List.copyOf(problems);
  }
}

package dev.tocsin.pipeline.journal.recovery;

import java.util.List;

/// All of a journal's directory.
///
/// @param segments the oldest first
/// @param checkpoints the oldest first
/// @param problems those of all files, and between files
public record JournalOverview(
    List<SegmentOverview> segments,
    List<CheckpointOverview> checkpoints,
    List<JournalProblem> problems) {
  public JournalOverview {
    segments = List.copyOf(segments);
    checkpoints = List.copyOf(checkpoints);
    problems = List.copyOf(problems);
  }
}

package dev.tocsin.pipeline.journal.recovery;

import dev.tocsin.pipeline.journal.JournalStart;
import java.util.List;

/// What a recovery found.
///
/// @param start where the journal goes on
/// @param entries replayed
/// @param samples in them
/// @param bytes of their frames
/// @param cutBytes at the end of the newest segment that belonged to no complete entry: writes that
///   a crash interrupted, never acknowledged
/// @param undurableSegments deleted, because they were written after a failure of the journal that
///   no checkpoint had ended: nothing in them was acknowledged
/// @param notes what a user should know, in sentences; at most [#NOTES_MAX]
public record RecoveryReport(
    JournalStart start,
    long entries,
    long samples,
    long bytes,
    long cutBytes,
    int undurableSegments,
    List<String> notes) {
  public static final int NOTES_MAX = 100;

  public RecoveryReport {
    notes = List.copyOf(notes);
  }
}

package dev.tocsin.pipeline.journal.recovery;

import dev.tocsin.pipeline.journal.format.JournalException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// What is counted and noted during a recovery, and the decision what damage means. One thread.
final class ReplayTally {
  private final boolean salvage;
  private final long checkpointSeq;
  private final List<String> notes = new ArrayList<>();

  long entries;
  long samples;
  long bytes;
  long cutBytes;
  int undurableSegments;
  long lastSeq;
  long lastNowMs;
  boolean salvaged;

  ReplayTally(boolean salvage, long checkpointSeq, long checkpointNowMs) {
    this.salvage = salvage;
    this.checkpointSeq = checkpointSeq;
    this.lastSeq = checkpointSeq;
    this.lastNowMs = checkpointNowMs;
  }

  boolean salvages() {
    return salvage;
  }

  long checkpointSeq() {
    return checkpointSeq;
  }

  void note(String text) {
    if (notes.size() < RecoveryReport.NOTES_MAX) {
      notes.add(text);
    }
  }

  List<String> notes() {
    return notes;
  }

  /// Entries from `fromSeq` through `throughSeq` cannot be read; `Long.MAX_VALUE` where it is not
  /// known where that ends. Refuses to go on, unless a checkpoint holds them all, or salvage is on.
  void lost(Path file, long offset, String what, long fromSeq, long throughSeq)
      throws JournalException {
    String entriesLost =
        throughSeq == Long.MAX_VALUE
            ? "entries from " + fromSeq + " on"
            : fromSeq == throughSeq
                ? "entry " + fromSeq
                : "entries " + fromSeq + " to " + throughSeq;
    if (throughSeq <= checkpointSeq) {
      note(
          "%s:%s: %s; not needed: checkpoint %s holds %s"
              .formatted(file, offset, what, checkpointSeq, entriesLost));
    } else if (salvage) {
      salvaged = true;
      note("%s:%s: %s; left out: %s".formatted(file, offset, what, entriesLost));
    } else {
      throw refusal(file, offset, what + "; lost: " + entriesLost);
    }
  }

  /// Something is damaged, and what can be read nevertheless is not known yet.
  void damaged(Path file, long offset, String what) throws JournalException {
    if (!salvage) {
      throw refusal(file, offset, what);
    }
    salvaged = true;
    note(file + ":" + offset + ": " + what + "; read on nevertheless");
  }

  private static JournalException refusal(Path file, long offset, String what) {
    return new JournalException(
        file,
        offset,
        what
            + ". Restore the file from a copy, or start once with the option salvage to go on"
            + " without what cannot be read.");
  }
}

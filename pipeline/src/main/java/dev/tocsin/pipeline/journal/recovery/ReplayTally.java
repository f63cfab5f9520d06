package dev.tocsin.pipeline.journal.recovery;

import dev.tocsin.pipeline.journal.JournalDamage;
import dev.tocsin.pipeline.journal.format.JournalException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/// What is counted and noted during a recovery, and the decision what damage means. One thread.
final class ReplayTally {
  private final boolean salvage;
  private final long checkpointSeq;
  private final List<String> notes = new ArrayList<>();
  private final Set<Path> damagedFiles = new LinkedHashSet<>();
  private int damagedParts;
  private long lostEntries;

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

  JournalDamage damage() {
    return new JournalDamage(damagedParts, lostEntries, List.copyOf(damagedFiles));
  }

  /// A checkpoint that cannot be used.
  void damagedCheckpoint(Path file, String what) {
    damagedFiles.add(file);
    damagedParts++;
    note("checkpoint " + file + " cannot be used: " + what);
  }

  /// Entries from `fromSeq` through `throughSeq` cannot be read in a file; `Long.MAX_VALUE` where
  /// it is not known where that ends. Refuses to go on, unless a checkpoint holds them all, or
  /// salvage is on.
  void lost(Path file, long offset, String what, long fromSeq, long throughSeq)
      throws JournalException {
    damagedFiles.add(file);
    missing(file, offset, what, fromSeq, throughSeq);
  }

  /// The same where they are in no file.
  ///
  /// @param file that shows it
  void missing(Path file, long offset, String what, long fromSeq, long throughSeq)
      throws JournalException {
    damagedParts++;
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
      lostEntries += throughSeq == Long.MAX_VALUE ? 0 : throughSeq - fromSeq + 1;
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
    damagedFiles.add(file);
    damagedParts++;
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

package dev.tocsin.pipeline.journal;

/// Where a journal goes on.
///
/// @param lastSeq the newest entry on disk; 0 where there is none
/// @param lastNowMs its `now`, Unix milliseconds
/// @param replayedBytes bytes of the entries that are in no checkpoint
/// @param checkpointSeq of the newest checkpoint; 0 where there is none
/// @param salvaged something could not be read: a checkpoint is wanted at once, or the next start
///   has to read around it again
/// @param damage what could not be read
public record JournalStart(
    long lastSeq,
    long lastNowMs,
    long replayedBytes,
    long checkpointSeq,
    boolean salvaged,
    JournalDamage damage) {
  public static final JournalStart EMPTY = new JournalStart(0, 0, 0, 0, false, JournalDamage.NONE);
}

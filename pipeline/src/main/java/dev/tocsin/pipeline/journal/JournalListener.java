package dev.tocsin.pipeline.journal;

/// Hears what became of the entries. Called by the journal writer's thread; must not block.
///
/// The fate of an entry is decided once. Between [#failed] and [#recovered] all of them are
/// undurable, also those not sequenced yet when it failed; an entry that was told undurable may
/// nevertheless be found after a crash.
public interface JournalListener {
  /// Every entry through this seq is on disk, except those told undurable; with a sync interval it
  /// is written and will be forced within it.
  void durable(long throughSeq);

  /// Every entry through this seq is forced, except those told undurable.
  default void forced(long throughSeq) {}

  /// Entries from `fromSeq` on are undurable, until further notice.
  void failed(long fromSeq, String reason);

  /// A checkpoint is durable, and the journal goes on in a new segment: entries through `seq` stay
  /// undurable, later ones will be told durable.
  void recovered(long seq);

  /// After a failure a new segment is written, and a checkpoint ends it: somebody who sleeps has to
  /// make one.
  default void checkpointNeeded() {}

  /// Since [#failed], the writer has passed the entries through this seq; they are undurable.
  default void undurable(long throughSeq) {}
}

package dev.tocsin.pipeline.journal.cursor;

/// Entries that a cursor could not hand over, since it was opened.
///
/// @param removed their segments were gone
/// @param damaged their bytes could not be read, or they were never written
/// @param limited the cursor was moved beyond them, see [JournalCursor#skipTo]
public record PassedEntries(long removed, long damaged, long limited) {
  public static final PassedEntries NONE = new PassedEntries(0, 0, 0);

  public long all() {
    return removed + damaged + limited;
  }

  PassedEntries withRemoved(long more) {
    return new PassedEntries(removed + more, damaged, limited);
  }

  PassedEntries withDamaged(long more) {
    return new PassedEntries(removed, damaged + more, limited);
  }

  PassedEntries withLimited(long more) {
    return new PassedEntries(removed, damaged, limited + more);
  }

  public PassedEntries plus(PassedEntries other) {
    return new PassedEntries(
        removed + other.removed, damaged + other.damaged, limited + other.limited);
  }
}

package dev.tocsin.deliver.send;

import dev.tocsin.model.batch.SeriesDefinition;
import dev.tocsin.model.page.IntPages;
import dev.tocsin.pipeline.journal.cursor.CursorPosition.Range;
import dev.tocsin.pipeline.journal.cursor.JournalCursor;
import dev.tocsin.pipeline.journal.cursor.SeriesMeanings;
import dev.tocsin.pipeline.journal.segment.SegmentLedger;
import dev.tocsin.pipeline.ring.Entry;
import dev.tocsin.world.disk.Disk;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/// A range of the journal on its way out: a cursor, what its references mean, and the entry of
/// which not all samples have a place in a shard yet. One thread.
final class Lane implements SeriesMeanings {
  static final int UNDEFINED = -2;

  private static final int UNKNOWN = 0;

  private final OutgoingNames names;
  final JournalCursor cursor;

  /// By reference: the number here + 1.
  private IntPages numbers = new IntPages();

  /// By reference: the number as it is sent + 2; 1: dropped.
  private IntPages outgoing = new IntPages();

  /// The first entry behind the lane.
  long endSeq;

  /// Null: the next one is to be read.
  @Nullable Entry entry;

  int slab;
  int sample;

  /// Samples of it in the shards.
  int queued;

  /// `now` of the newest entry read, Unix milliseconds; 0: none was.
  long readMs;

  Lane(
      Disk disk,
      SegmentLedger segments,
      LongSupplier durableSeq,
      OutgoingNames names,
      Range range) {
    this.names = names;
    this.cursor = new JournalCursor(disk, segments, durableSeq, this, range.from());
    this.endSeq = range.to();
    cursor.endAt(endSeq);
  }

  /// The first entry that has not found its place in a shard.
  long nextSeq() {
    Entry current = entry;
    return current == null ? cursor.nextSeq() : current.seq();
  }

  /// Whether all of it has been read.
  boolean isRead() {
    return entry == null && cursor.isAtEnd();
  }

  /// Reads no more: what is left is somebody else's, from the entry it has now on.
  void endHere() {
    endSeq = nextSeq();
    entry = null;
    cursor.endAt(Math.min(endSeq, cursor.nextSeq()));
    cursor.close();
  }

  @Override
  public void startSegment() {
    numbers = new IntPages();
    outgoing = new IntPages();
  }

  @Override
  public void define(SeriesDefinition definition) {
    int ref = definition.ref();
    numbers.set(ref, names.here().number(definition.tenant(), definition.labels()) + 1);
    outgoing.set(ref, UNKNOWN);
  }

  /// The numbers of outgoing series mean nothing any more.
  void forgetOutgoing() {
    outgoing = new IntPages();
  }

  /// The number of the series as it is sent, [OutgoingNames#DROPPED] or [#UNDEFINED].
  int outgoing(int ref) {
    int known = outgoing.get(ref);
    if (known != UNKNOWN) {
      return known - 2;
    }
    int number = numbers.get(ref) - 1;
    if (number < 0) {
      return UNDEFINED;
    }
    int found = names.outgoing(number);
    outgoing.set(ref, found + 2);
    return found;
  }
}

package dev.tocsin.pipeline.journal.cursor;

import dev.tocsin.model.input.Input;
import dev.tocsin.pipeline.journal.format.EntryAssembler;
import dev.tocsin.pipeline.journal.format.FormatException;
import dev.tocsin.pipeline.journal.format.FrameType;
import dev.tocsin.pipeline.journal.format.FrameView;
import dev.tocsin.pipeline.journal.segment.SegmentLedger;
import dev.tocsin.pipeline.journal.segment.SegmentScanner;
import dev.tocsin.pipeline.ring.Entry;
import dev.tocsin.world.disk.Disk;
import dev.tocsin.world.disk.DiskFile;
import java.io.IOException;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/// Reads the journal's entries behind its writer, in order, each once: those that are durable, and
/// no others. What cannot be read is passed and counted. Reads the files alone, so the writer does
/// not know of it. One thread.
///
/// A cursor that begins in the midst of a segment reads it from its beginning, since references are
/// defined there; so it costs the same wherever it begins. Memory: a window of 128 KiB, and the
/// slabs of one entry.
public final class JournalCursor implements AutoCloseable {
  /// Frames read in one call: a bound of its time.
  private static final int FRAMES_MAX = 256;

  private final Disk disk;
  private final SegmentLedger segments;
  private final LongSupplier durableSeq;
  private final SeriesMeanings meanings;
  private final EntryAssembler assembler = new EntryAssembler();

  /// The newest entry handed over or passed.
  private long passedSeq;

  /// The first entry that is not handed over.
  private long endSeq;

  /// The newest entry read in this segment.
  private long readSeq;

  /// The entry that is being put together.
  private long entrySeq;

  private long segment = -1;
  private @Nullable DiskFile file;
  private @Nullable SegmentScanner scanner;
  private boolean behind;
  private PassedEntries lost = PassedEntries.NONE;

  /// @param durableSeq the newest entry that a crash cannot take any more
  /// @param fromSeq the first entry to be handed over
  public JournalCursor(
      Disk disk,
      SegmentLedger segments,
      LongSupplier durableSeq,
      SeriesMeanings meanings,
      long fromSeq) {
    this.disk = disk;
    this.segments = segments;
    this.durableSeq = durableSeq;
    this.meanings = meanings;
    this.passedSeq = fromSeq - 1;
    this.endSeq = Long.MAX_VALUE;
    assembler.handOverRepeated(true);
  }

  /// Hands over nothing from this entry on.
  public void endAt(long seq) {
    endSeq = seq;
  }

  /// The next entry, or null where there is none yet, or where it was not reached in this call: see
  /// [#isBehind]. The entry's slabs are good until the next call.
  ///
  /// After a failure of the disk it may be called again.
  public @Nullable Entry next() throws IOException {
    behind = false;
    for (int i = 0; i < FRAMES_MAX; i++) {
      long durable = Math.min(durableSeq.getAsLong(), endSeq - 1);
      if (passedSeq >= durable) {
        return null;
      }
      SegmentScanner current = scanner;
      if (current == null) {
        current = open();
        if (current == null) {
          return null;
        }
      }
      if (!step(current, durable)) {
        if (!goOn(current)) {
          return null;
        }
        continue;
      }
      Entry entry = take(current, durable);
      if (entry != null && entry.seq() > passedSeq) {
        passedSeq = entry.seq();
        return entry;
      }
    }
    behind = true;
    return null;
  }

  /// Whether the last call ended before it came to what there is.
  public boolean isBehind() {
    return behind;
  }

  /// The first entry that was neither handed over nor passed.
  public long nextSeq() {
    return passedSeq + 1;
  }

  /// Whether it has come to where it ends.
  public boolean isAtEnd() {
    return passedSeq >= endSeq - 1;
  }

  public PassedEntries lost() {
    return lost;
  }

  /// Leaves out the entries before this one, and counts them.
  public void skipTo(long seq) {
    if (seq > passedSeq + 1) {
      lost = lost.withLimited(seq - 1 - passedSeq);
      passedSeq = seq - 1;
      close();
    }
  }

  /// The segment of the next entry, or null where none is there yet.
  private @Nullable SegmentScanner open() throws IOException {
    long found = segments.floor(passedSeq + 1);
    if (found < 0) {
      found = segments.after(passedSeq + 1);
    }
    while (found >= 0 && !disk.exists(segments.file(found))) {
      found = segments.after(found); // deleted this moment, or by somebody else
    }
    if (found < 0) {
      return null;
    }
    if (found - 1 > passedSeq) {
      long through = Math.min(found, endSeq) - 1;
      lost = lost.withRemoved(through - passedSeq);
      passedSeq = through;
    }
    return open(found);
  }

  private SegmentScanner open(long firstSeq) throws IOException {
    close();
    DiskFile opened = disk.openForReading(segments.file(firstSeq));
    file = opened;
    SegmentScanner created = new SegmentScanner(opened);
    scanner = created;
    segment = firstSeq;
    readSeq = firstSeq - 1;
    assembler.reset();
    meanings.startSegment();
    return created;
  }

  /// Steps to the next frame. What was read ahead may be older than what the writer wrote.
  private boolean step(SegmentScanner current, long durable) throws IOException {
    if (current.next()) {
      return true;
    }
    if (readSeq >= durable) {
      return false;
    }
    current.refresh();
    return current.next();
  }

  /// No frame is where the next one should be, though an entry behind it is durable: the segment
  /// ends here, or it is damaged. False where there is nothing to go on with yet.
  private boolean goOn(SegmentScanner current) throws IOException {
    long successor = segments.after(segment);
    if (successor >= 0 && successor <= readSeq + 1) {
      close();
      return open() != null;
    }
    if (current.nextBeyondDamage()) {
      current.seek(current.frameAt());
      assembler.reset();
      return true;
    }
    if (successor < 0) {
      return false;
    }
    lostThrough(successor - 1);
    close();
    return isAtEnd() || open() != null;
  }

  /// Takes the frame stepped to; returns the entry that it completes, or null.
  private @Nullable Entry take(SegmentScanner current, long durable) {
    FrameView frame = current.frame();
    if (frame.seq() > durable) {
      // Not yet; and what is missing before it is lost, since that is durable.
      current.seek(current.frameAt());
      lostThrough(durable);
      return null;
    }
    if (frame.type() == FrameType.SEALED) {
      return null;
    }
    if (assembler.isInEntry() && frame.seq() != entrySeq) {
      assembler.reset(); // it has no end
    }
    if (!assembler.isInEntry()) {
      if (!frame.beginsEntry() || frame.seq() <= readSeq) {
        return null; // the rest of an entry whose beginning is damaged
      }
      lostThrough(frame.seq() - 1);
      entrySeq = frame.seq();
    }
    try {
      Entry entry = assembler.add(frame);
      if (entry != null) {
        readSeq = entry.seq();
        if (entry.input() instanceof Input.Transaction it) {
          it.definitions().forEach(meanings::define);
        }
      }
      return entry;
    } catch (FormatException e) {
      assembler.reset(); // the next entry's number says what is lost
      return null;
    }
  }

  private void lostThrough(long seq) {
    readSeq = Math.max(readSeq, seq);
    long through = Math.min(seq, endSeq - 1);
    if (through > passedSeq) {
      lost = lost.withDamaged(through - passedSeq);
      passedSeq = through;
    }
  }

  @Override
  public void close() {
    scanner = null;
    segment = -1;
    DiskFile open = file;
    file = null;
    if (open != null) {
      try {
        open.close();
      } catch (IOException _) {
        // it was only read
      }
    }
  }
}

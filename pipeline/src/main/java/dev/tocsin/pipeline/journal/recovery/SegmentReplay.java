package dev.tocsin.pipeline.journal.recovery;

import dev.tocsin.model.input.Input;
import dev.tocsin.pipeline.journal.format.EntryAssembler;
import dev.tocsin.pipeline.journal.format.FormatException;
import dev.tocsin.pipeline.journal.format.FrameType;
import dev.tocsin.pipeline.journal.format.FrameView;
import dev.tocsin.pipeline.journal.format.SegmentHeader;
import dev.tocsin.pipeline.journal.segment.SegmentScanner;
import dev.tocsin.pipeline.ring.Entry;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import org.jspecify.annotations.Nullable;

/// Replays one segment. In the newest segment a part that cannot be read is a torn tail, unless a
/// frame behind it was encoded when the part had been durable already; in all others it is damage.
/// One thread.
final class SegmentReplay {
  private final Path path;
  private final SegmentScanner scanner;
  private final boolean newest;
  private final EntryAssembler assembler;
  private final ReplayTally tally;
  private final ReplayVisitor visitor;
  private final LaterDefinitions later;

  /// The newest entry read, or lost.
  private long seq;

  /// Behind the last frame to be kept.
  private long keptEnd = SegmentHeader.BYTES;

  private long entryBytes;

  /// An entry that no frame has told durable yet, and where it ends.
  private record Untold(long seq, long end) {}

  /// The oldest first; as many as are written between two forces.
  private final ArrayDeque<Untold> untold = new ArrayDeque<>();

  /// Behind the last entry that some frame tells durable.
  private long toldEnd = SegmentHeader.BYTES;

  /// Damage was passed, and no entry has begun behind it.
  private boolean lost;

  private long lostAt;
  private String lostWhat = "";

  SegmentReplay(
      Path path,
      SegmentScanner scanner,
      boolean newest,
      long firstSeq,
      EntryAssembler assembler,
      ReplayTally tally,
      ReplayVisitor visitor,
      LaterDefinitions later) {
    this.path = path;
    this.scanner = scanner;
    this.newest = newest;
    this.assembler = assembler;
    this.tally = tally;
    this.visitor = visitor;
    this.later = later;
    this.seq = firstSeq - 1;
  }

  /// Hands over the entries that no checkpoint holds. Returns the newest seq read.
  long run() throws IOException {
    assembler.reset();
    while (scanner.next() || passDamage()) {
      take(scanner.frame());
    }
    if (lost) {
      tally.lost(path, lostAt, lostWhat, seq + 1, Long.MAX_VALUE);
    } else if (assembler.isInEntry() && !newest) {
      tally.lost(path, keptEnd, "an entry without an end", seq + 1, Long.MAX_VALUE);
    }
    assembler.reset();
    return seq;
  }

  /// Where the file may be cut: behind its last complete entry.
  long keptEnd() {
    return keptEnd;
  }

  /// From here to [#keptEnd] nothing says that the disk has it: it may have been read from memory
  /// that a process left behind which has ended since.
  long toldEnd() {
    return toldEnd;
  }

  /// No valid frame is where the next one should be. Steps to the next valid one, if there is one
  /// to go on with.
  private boolean passDamage() throws IOException {
    long at = scanner.position();
    if (!scanner.nextBeyondDamage()) {
      boolean damaged = !newest && scanner.endOfContent(at) > at;
      if (damaged && !lost) {
        lose(at, "damaged to its end");
      }
      return false;
    }
    if (newest && !lost && !wasDurable(seq + 1)) {
      return false;
    }
    scanner.seek(at);
    if (!lost) {
      lose(at, "a damaged frame");
    }
    return scanner.nextBeyondDamage();
  }

  private void lose(long at, String what) {
    lost = true;
    lostAt = at;
    lostWhat = what;
    assembler.reset();
  }

  /// Whether the frame stepped to, or one behind it, knows that this entry had been durable.
  private boolean wasDurable(long lostSeq) throws IOException {
    do {
      if (scanner.frame().durableSeq() >= lostSeq) {
        return true;
      }
    } while (scanner.next() || scanner.nextBeyondDamage());
    return false;
  }

  private void take(FrameView frame) throws IOException {
    told(frame.durableSeq());
    if (lost) {
      if (!frame.beginsEntry() || frame.seq() <= seq) {
        return;
      }
      tally.lost(path, lostAt, lostWhat, seq + 1, frame.seq() - 1);
      if (tally.salvaged) {
        assembler.handOverRepeated(true);
        assembler.alsoDefine(later.find(scanner.frameAt()));
      }
      lost = false;
      seq = frame.seq() - 1;
    }
    if (frame.type() == FrameType.SEALED && !assembler.isInEntry()) {
      keptEnd = scanner.position();
      toldEnd = keptEnd;
      untold.clear();
      return;
    }
    if (!assembler.isInEntry()) {
      entryBytes = 0;
      if (frame.seq() != seq + 1) {
        lose(scanner.frameAt(), "entry " + frame.seq() + " follows entry " + seq);
        take(frame);
        return;
      }
    }
    entryBytes += frame.length();
    try {
      Entry entry = assembler.add(frame);
      if (entry != null) {
        complete(entry);
      }
    } catch (FormatException e) {
      lose(scanner.frameAt(), e.getMessage() + "");
    }
  }

  private void told(long durableSeq) {
    for (Untold first = untold.peek();
        first != null && first.seq <= durableSeq;
        first = untold.peek()) {
      toldEnd = first.end;
      untold.remove();
    }
  }

  private void complete(Entry entry) {
    seq = entry.seq();
    keptEnd = scanner.position();
    untold.add(new Untold(seq, keptEnd));
    if (seq <= tally.lastSeq) {
      return; // the checkpoint holds it
    }
    tally.entries++;
    tally.bytes += entryBytes;
    tally.samples += samples(entry.input());
    tally.lastSeq = seq;
    tally.lastNowMs = Math.max(tally.lastNowMs, entry.nowMs());
    visitor.entry(seq, entry.nowMs(), entry.input());
  }

  private static int samples(@Nullable Input input) {
    return input instanceof Input.Transaction it ? it.sampleCount() : 0;
  }
}

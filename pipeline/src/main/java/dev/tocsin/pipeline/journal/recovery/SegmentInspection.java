package dev.tocsin.pipeline.journal.recovery;

import dev.tocsin.pipeline.journal.format.EntryAssembler;
import dev.tocsin.pipeline.journal.format.FormatException;
import dev.tocsin.pipeline.journal.format.FrameType;
import dev.tocsin.pipeline.journal.format.FrameView;
import dev.tocsin.pipeline.journal.format.SegmentHeader;
import dev.tocsin.pipeline.journal.segment.SegmentScanner;
import dev.tocsin.pipeline.ring.Entry;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Reads one segment to its end, whatever is in it. One use.
final class SegmentInspection {
  private final Path path;
  private final long firstSeq;
  private final SegmentScanner scanner;
  private final EntryAssembler assembler = new EntryAssembler();
  private final Map<FrameType, Long> frames = new EnumMap<>(FrameType.class);
  private final List<JournalProblem> problems = new ArrayList<>();

  private long entries;
  private long samples;
  private long lastSeq;
  private long firstMs;
  private long lastMs;
  private long used = SegmentHeader.BYTES;
  private boolean seeking;

  SegmentInspection(Path path, long firstSeq, SegmentScanner scanner) {
    this.path = path;
    this.firstSeq = firstSeq;
    this.scanner = scanner;
    this.lastSeq = firstSeq - 1;
  }

  SegmentOverview run() throws IOException {
    SegmentHeader header = header();
    while (scanner.next() || passDamage()) {
      frames.merge(scanner.frame().type(), 1L, Long::sum);
      used = scanner.position();
      take(scanner.frame());
    }
    if (assembler.isInEntry()) {
      problem(used, "the last entry has no end");
    }
    return new SegmentOverview(
        path,
        firstSeq,
        lastSeq,
        header == null ? 0 : header.createdMs(),
        firstMs,
        lastMs,
        header != null && header.afterGap(),
        used,
        scanner.size(),
        frames,
        entries,
        samples,
        problems);
  }

  private @Nullable SegmentHeader header() throws IOException {
    try {
      SegmentHeader header = scanner.header();
      if (header.firstSeq() != firstSeq) {
        problem(0, "its header says that it begins with entry " + header.firstSeq());
      }
      return header;
    } catch (FormatException e) {
      problem(0, e.getMessage() + "");
      return null;
    }
  }

  private boolean passDamage() throws IOException {
    long at = scanner.position();
    boolean found = scanner.nextBeyondDamage();
    if (found) {
      problem(at, (scanner.frameAt() - at) + " bytes that are not a frame, and frames behind them");
      assembler.reset();
      seeking = true;
      return true;
    }
    long torn = scanner.endOfContent(at) - at;
    if (torn > 0) {
      problem(at, torn + " bytes at the end that are not a frame (a write that was interrupted)");
    }
    return false;
  }

  private void take(FrameView frame) {
    if (frame.type() == FrameType.SEALED && !assembler.isInEntry()) {
      return;
    }
    if (seeking && !frame.beginsEntry()) {
      return;
    }
    boolean begins = !assembler.isInEntry();
    if (begins && !seeking && frame.seq() != lastSeq + 1) {
      problem(scanner.frameAt(), "entry " + frame.seq() + " follows entry " + lastSeq);
    }
    seeking = false;
    try {
      Entry entry = assembler.add(frame);
      samples += frame.samples();
      if (entry != null) {
        entries++;
        lastSeq = entry.seq();
        lastMs = entry.nowMs();
        firstMs = entries == 1 ? lastMs : firstMs;
      }
    } catch (FormatException e) {
      problem(scanner.frameAt(), e.getMessage() + "");
      assembler.reset();
      seeking = true;
    }
  }

  private void problem(long offset, String message) {
    if (problems.size() < SegmentOverview.PROBLEMS_MAX) {
      problems.add(new JournalProblem(path, offset, message));
    }
  }
}

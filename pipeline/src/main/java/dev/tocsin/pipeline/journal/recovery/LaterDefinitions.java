package dev.tocsin.pipeline.journal.recovery;

import dev.tocsin.model.batch.SeriesDefinition;
import dev.tocsin.model.input.Input;
import dev.tocsin.pipeline.journal.format.EntryAssembler;
import dev.tocsin.pipeline.journal.format.FormatException;
import dev.tocsin.pipeline.journal.segment.SegmentScanner;
import dev.tocsin.pipeline.ring.Entry;
import dev.tocsin.world.disk.Disk;
import dev.tocsin.world.disk.DiskFile;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// What series references mean whose definition was in a part that cannot be read: later segments
/// define again what they use. A process gives a reference once, so only what was written before
/// the next start counts; another process may mean another series by it. One thread.
final class LaterDefinitions {
  private final Disk disk;

  /// The damaged segment and all behind it.
  private final List<Path> segments;

  LaterDefinitions(Disk disk, List<Path> segments) {
    this.disk = disk;
    this.segments = List.copyOf(segments);
  }

  /// Reads on from there; at most once to the end.
  ///
  /// @param offset in the first segment, behind what cannot be read
  List<SeriesDefinition> find(long offset) throws IOException {
    Map<Integer, SeriesDefinition> found = new LinkedHashMap<>();
    long from = offset;
    for (Path segment : segments) {
      try (DiskFile file = disk.openForReading(segment)) {
        SegmentScanner scanner = new SegmentScanner(file);
        if (from > 0) {
          scanner.seek(from);
        }
        if (!addAll(scanner, found)) {
          break;
        }
      }
      from = 0;
    }
    return new ArrayList<>(found.values());
  }

  /// False where a process begins.
  private static boolean addAll(SegmentScanner scanner, Map<Integer, SeriesDefinition> found)
      throws IOException {
    EntryAssembler assembler = new EntryAssembler();
    assembler.handOverRepeated(true);
    while (scanner.next() || scanner.nextBeyondDamage()) {
      if (!assembler.isInEntry() && !scanner.frame().beginsEntry()) {
        continue;
      }
      try {
        Entry entry = assembler.add(scanner.frame());
        if (entry != null && entry.input() instanceof Input.Restarted) {
          return false;
        }
        if (entry != null && entry.input() instanceof Input.Transaction it) {
          int own = assembler.ownDefinitions();
          for (SeriesDefinition one : it.definitions().subList(own, it.definitions().size())) {
            found.putIfAbsent(one.ref(), one);
          }
        }
      } catch (FormatException _) {
        assembler.reset(); // told by the replay
      }
    }
    return true;
  }
}

package dev.tocsin.pipeline.journal;

import dev.tocsin.model.names.SeriesNames;
import dev.tocsin.pipeline.journal.recovery.Recovery;
import dev.tocsin.pipeline.journal.recovery.RecoveryReport;
import dev.tocsin.pipeline.ring.Entry;
import java.io.DataInputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// A journal on a faulty disk, stepped by hand.
final class Rig {
  static final Path DIR = Path.of("/data/journal");

  /// Small segments and the smallest staging, so that everything happens often.
  static final JournalConfig SMALL =
      new JournalConfig(
          16_384,
          4096,
          StagingBuffer.BYTES_MIN,
          2_000_000,
          32,
          5_000_000_000L,
          1 << 20,
          0,
          0,
          1 << 22,
          false);

  final FaultyDisk disk;
  final ManualClock clock = new ManualClock();
  final QueueReader reader = new QueueReader();
  final Fates fates;
  final Journal journal;

  Rig(FaultyDisk disk, JournalConfig config, JournalStart start) throws IOException {
    this.disk = disk;
    this.fates = new Fates(start.lastSeq());
    this.journal = Journal.open(disk, clock, DIR, config, reader, fates, start, new SeriesNames(1));
  }

  static Rig fresh(FaultyDisk disk) throws IOException {
    return new Rig(disk, SMALL, JournalStart.EMPTY);
  }

  /// Journals the entries, and waits until all that can be forced is.
  void run(List<Entry> entries) {
    reader.queue.addAll(entries);
    run();
  }

  void run() {
    for (int idle = 0; idle < 3; ) {
      int handled = journal.stage().step() + journal.writer().step();
      boolean holdsTicks = handled == 0 && journal.stage().deadlineNanos() != Long.MAX_VALUE;
      clock.advanceMs(holdsTicks ? JournalStage.TICKS_WAIT_NANOS / 1_000_000 : 2);
      idle = handled == 0 ? idle + 1 : 0;
    }
  }

  void checkpoint(long seq) throws IOException {
    journal.checkpoints().write(seq, seq * 10, out -> out.writeUTF("state through " + seq));
  }

  /// What a start finds: a line for each entry.
  record Found(long checkpointSeq, List<String> entries, RecoveryReport report) {}

  static Found recover(FaultyDisk disk) throws IOException {
    return recover(disk, SMALL);
  }

  static Found recover(FaultyDisk disk, JournalConfig config) throws IOException {
    Recovery recovery = Recovery.open(disk, DIR, config);
    long seq = recovery.checkpointSeq();
    try (DataInputStream in = recovery.openCheckpoint()) {
      if (in != null && !in.readUTF().equals("state through " + seq)) {
        throw new AssertionError("the checkpoint holds something else");
      }
    }
    List<String> entries = new ArrayList<>();
    RecoveryReport report =
        recovery.replay((s, now, input) -> entries.add(Entries.text(s, now, input)));
    return new Found(seq, entries, report);
  }

  static List<String> texts(List<Entry> entries) {
    return entries.stream().map(Entries::text).toList();
  }
}

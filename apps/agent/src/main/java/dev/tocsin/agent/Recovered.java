package dev.tocsin.agent;

import dev.tocsin.engine.Engine;
import dev.tocsin.engine.EngineOptions;
import dev.tocsin.model.batch.SeriesDefinition;
import dev.tocsin.model.names.SeriesNames;
import dev.tocsin.pipeline.intake.SeriesTable;
import dev.tocsin.pipeline.journal.Journal;
import dev.tocsin.pipeline.journal.JournalConfig;
import dev.tocsin.pipeline.journal.recovery.Recovery;
import dev.tocsin.pipeline.journal.recovery.RecoveryReport;
import dev.tocsin.world.disk.Disk;
import java.io.DataInputStream;
import java.io.IOException;
import java.nio.file.Path;

/// What the journal's folder gave back: the engine as it was, and where the sequence goes on.
///
/// @param report what was read
record Recovered(Engine engine, RecoveryReport report) {
  /// Reads the newest checkpoint and replays what came after it. The decisions of the replay were
  /// told before the stop, or are among what the engine still owes.
  static Recovered read(
      Disk disk, Path directory, JournalConfig config, EngineOptions options, SeriesNames names)
      throws IOException {
    Recovery recovery = Recovery.open(disk, directory, config);
    Engine engine;
    try (DataInputStream checkpoint = recovery.openCheckpoint()) {
      engine =
          checkpoint == null
              ? new Engine(options, names)
              : Engine.restore(checkpoint, options, names);
    }
    RecoveryReport report = recovery.replay((seq, nowMs, input) -> engine.step(seq, nowMs, input));
    return new Recovered(engine, report);
  }

  /// Whether there was anything: not so at the first start.
  boolean isRestart() {
    return report.start().lastSeq() > 0;
  }

  long lastSeq() {
    return report.start().lastSeq();
  }

  long lastNowMs() {
    return report.start().lastNowMs();
  }

  /// Gives the intake's table the references that are in use.
  void restore(SeriesTable table) {
    engine.forEachReference(table::restore);
    table.restoreEnd(engine.referencesEnd());
  }

  /// Tells the journal what the references mean: later segments repeat it.
  void tell(Journal journal) {
    engine.forEachReference(
        (ref, tenant, labels, _, _) -> journal.know(new SeriesDefinition(ref, tenant, labels)));
  }
}

package dev.tocsin.pipeline.journal;

import dev.tocsin.model.batch.SeriesDefinition;
import dev.tocsin.model.names.SeriesNames;
import dev.tocsin.pipeline.journal.format.ReferenceTable;
import dev.tocsin.pipeline.journal.segment.SegmentLedger;
import dev.tocsin.pipeline.ring.EntryReader;
import dev.tocsin.world.disk.Disk;
import dev.tocsin.world.schedule.Scheduler;
import dev.tocsin.world.schedule.Worker;
import dev.tocsin.world.time.Clock;
import java.io.IOException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/// The journal that is written: a stage that reads the ring, a writer, and the checkpoints. Opened
/// after `Recovery` has read what is there. Two workers; either [#start] runs them, or a simulation
/// steps [#stage] and [#writer] itself.
public final class Journal implements AutoCloseable {
  private final StagingBuffer staging;
  private final JournalProgress progress;
  private final ReferenceTable table;
  private final SegmentLedger ledger;
  private final JournalStage stage;
  private final JournalWriter writer;
  private final CheckpointStore checkpoints;
  private Scheduler.@Nullable Running runningStage;
  private Scheduler.@Nullable Running runningWriter;

  private Journal(
      Disk disk,
      Clock clock,
      Path directory,
      JournalConfig config,
      EntryReader reader,
      JournalListener listener,
      JournalStart start,
      SegmentLedger ledger,
      SeriesNames names) {
    this.ledger = ledger;
    table = new ReferenceTable(names);
    staging = new StagingBuffer(config.stagingBytes());
    progress = new JournalProgress(start.lastSeq());
    stage = new JournalStage(reader, staging, progress, table, config.segmentBytes(), clock, start);
    writer = new JournalWriter(disk, clock, directory, config, staging, progress, ledger, listener);
    checkpoints = new CheckpointStore(disk, clock, directory, config, writer, ledger, start);
  }

  /// @param names of the series; may be shared with whoever else remembers them
  public static Journal open(
      Disk disk,
      Clock clock,
      Path directory,
      JournalConfig config,
      EntryReader reader,
      JournalListener listener,
      JournalStart start,
      SeriesNames names)
      throws IOException {
    disk.createDirectories(directory);
    SegmentLedger ledger = SegmentLedger.of(disk, directory);
    return new Journal(disk, clock, directory, config, reader, listener, start, ledger, names);
  }

  /// Takes what a reference means that was defined before the start: later segments repeat it. To
  /// be called for every reference the checkpoint held or the replay defined, before [#start].
  public void know(SeriesDefinition definition) {
    table.know(definition);
  }

  public void start(Scheduler scheduler) {
    Scheduler.Running writing = scheduler.start(writer);
    progress.onWakeWriter(writing::wake);
    Scheduler.Running staged = scheduler.start(stage);
    progress.onWakeStage(staged::wake);
    runningWriter = writing;
    runningStage = staged;
    staged.wake();
  }

  /// The worker that reads the ring.
  public Worker stage() {
    return stage;
  }

  /// The worker that writes.
  public Worker writer() {
    return writer;
  }

  /// There is something in the ring. Any thread.
  public void wake() {
    progress.wakeStage();
  }

  /// Asks for the entries through this seq to be forced at once, now or when they come. Any thread.
  public void forceThrough(long seq) {
    if (seq > progress.durableSeq()) {
      progress.want(seq);
    }
  }

  /// The newest entry that a crash cannot take any more. Any thread.
  public long durableSeq() {
    return progress.durableSeq();
  }

  /// How full the staging buffer is, 0 to 1, for the credit of the sources. Any thread.
  public double fullness() {
    return staging.fullness();
  }

  /// Whether a failed journal waits for a checkpoint (see [CheckpointStore#wantsCheckpoint], which
  /// includes this). Any thread.
  public boolean needsCheckpoint() {
    return writer.needsCheckpoint();
  }

  public CheckpointStore checkpoints() {
    return checkpoints;
  }

  /// Any thread.
  public JournalStats stats() {
    ForceTimes times = writer.forceTimes();
    return new JournalStats(
        progress.durableSeq(),
        stage.samples(),
        stage.undefinedReferences(),
        writer.appendedBytes(),
        ledger.totalBytes(),
        ledger.count(),
        staging.fullness(),
        times.count(),
        times.sumNanos(),
        times.maxNanos(),
        writer.failures(),
        writer.failure());
  }

  /// Stops the stage, then the writer, which writes and forces what was staged. What is still in
  /// the ring is lost: wait for [#durableSeq] first.
  @Override
  public void close() {
    Scheduler.Running staged = runningStage;
    Scheduler.Running writing = runningWriter;
    if (staged != null) {
      staged.close();
    }
    if (writing != null) {
      writing.close();
    }
  }
}

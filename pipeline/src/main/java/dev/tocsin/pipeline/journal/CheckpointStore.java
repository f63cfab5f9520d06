package dev.tocsin.pipeline.journal;

import dev.tocsin.pipeline.journal.segment.FileName;
import dev.tocsin.pipeline.journal.segment.Quarantine;
import dev.tocsin.pipeline.journal.segment.SegmentLedger;
import dev.tocsin.world.disk.Disk;
import dev.tocsin.world.disk.DiskFile;
import dev.tocsin.world.time.Clock;
import java.io.DataOutput;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayDeque;

/// Writes checkpoints, says when one is wanted, keeps the newest two, and deletes the segments that
/// neither needs. [#write] from one thread at a time, [#mark] and [#wantsCheckpoint] from any.
public final class CheckpointStore {
  private static final int KEPT = 2;

  /// Writes the state to be kept.
  @FunctionalInterface
  public interface Body {
    void writeTo(DataOutput out) throws IOException;
  }

  /// The moment of a checkpoint that is still to be written.
  ///
  /// @param seq the newest entry whose effect is in the body
  /// @param nowMs its `now`
  /// @param appendedBytes what was journalled by then
  /// @param atNanos the moment, monotonic
  public record Mark(long seq, long nowMs, long appendedBytes, long atNanos) {}

  private final Disk disk;
  private final Clock clock;
  private final Path directory;
  private final JournalConfig config;
  private final JournalWriter writer;
  private final SegmentLedger ledger;
  private final Quarantine quarantine;

  /// Seqs of checkpoints known to be good, the oldest first.
  private final ArrayDeque<Long> good = new ArrayDeque<>();

  private volatile long appendedBefore;
  private volatile long markedAtNanos;
  private volatile long notBeforeNanos;
  private volatile boolean wantedAtOnce;
  private volatile String failure = "";
  private volatile long lastSeq;
  private volatile long lastBytes;

  CheckpointStore(
      Disk disk,
      Clock clock,
      Path directory,
      JournalConfig config,
      JournalWriter writer,
      SegmentLedger ledger,
      Quarantine quarantine,
      JournalStart start) {
    this.disk = disk;
    this.clock = clock;
    this.directory = directory;
    this.config = config;
    this.writer = writer;
    this.ledger = ledger;
    this.quarantine = quarantine;
    this.appendedBefore = -start.replayedBytes();
    this.notBeforeNanos = clock.monotonicNanos();
    // What was replayed counts, and how old the last checkpoint is nobody knows: no wait for time.
    this.markedAtNanos = notBeforeNanos - config.checkpointNanos();
    this.wantedAtOnce = start.salvaged();
    this.lastSeq = start.checkpointSeq();
    if (start.checkpointSeq() > 0) {
      good.add(start.checkpointSeq());
    }
  }

  /// Whether a checkpoint should be written now: the replay would become long, the journal large,
  /// or the journal has failed and needs one to go on. After a failure not before the time to try
  /// again. Says nothing of one that is being written. Any thread.
  public boolean wantsCheckpoint() {
    long now = clock.monotonicNanos();
    if (now - notBeforeNanos < 0) {
      return false;
    }
    long since = writer.appendedBytes() - appendedBefore;
    boolean large =
        since > 0 && ledger.recoveryBytes() + config.segmentBytes() > config.journalBytesMax();
    return wantedAtOnce || large || isLong(since, now) || writer.needsCheckpoint();
  }

  private boolean isLong(long since, long nowNanos) {
    if (since >= config.journalBytesMax() / 4) {
      return true;
    }
    return since >= config.checkpointBytes()
        && since >= config.checkpointRatio() * lastBytes
        && nowNanos - markedAtNanos >= config.checkpointNanos();
  }

  /// Whether something waits for a checkpoint, so that it has to be looked again whether one can be
  /// written now. Any thread.
  public boolean isWaitedFor() {
    return wantedAtOnce || writer.needsCheckpoint();
  }

  /// A checkpoint of this seq or later is what [#wantsCheckpoint] asks for; an earlier one is kept,
  /// but does not end a journal's failure. Any thread.
  public long wantedSeq() {
    return Math.max(0, writer.recoveryFirstSeq() - 1);
  }

  /// The moment at which the state is as it will be written. Any thread.
  ///
  /// @param seq the newest entry whose effect is in it
  /// @param nowMs its `now`
  public Mark mark(long seq, long nowMs) {
    return new Mark(seq, nowMs, writer.appendedBytes(), clock.monotonicNanos());
  }

  /// Writes a checkpoint of this moment.
  public void write(long seq, long nowMs, Body body) throws IOException {
    write(mark(seq, nowMs), body);
  }

  /// Writes a checkpoint: when this returns, it is durable. After a failure nothing is left of it,
  /// and the older ones are as before.
  public void write(Mark mark, Body body) throws IOException {
    long seq = mark.seq();
    try {
      lastBytes = writeFile(seq, mark.nowMs(), body);
    } catch (IOException e) {
      notBeforeNanos = clock.monotonicNanos() + config.retryNanos();
      failure = e.getMessage() == null ? e.toString() : e.getMessage();
      throw e;
    }
    appendedBefore = mark.appendedBytes();
    markedAtNanos = mark.atNanos();
    wantedAtOnce = false;
    failure = "";
    lastSeq = seq;
    long gap = writer.recoveryFirstSeq();
    writer.checkpointed(seq);
    good.remove(seq);
    good.add(seq);
    while (good.size() > KEPT) {
      good.removeFirst();
    }
    try {
      prune(seq, mark.nowMs(), gap);
    } catch (IOException e) {
      failure = "an old file of the journal stays: " + e.getMessage();
    }
  }

  private long writeFile(long seq, long nowMs, Body body) throws IOException {
    Path path = FileName.checkpoint(directory, seq);
    Path unfinished = FileName.unfinished(path);
    try {
      long bytes;
      try (DiskFile file = disk.open(unfinished)) {
        file.truncate(0);
        CheckpointFile out = new CheckpointFile(file);
        body.writeTo(new DataOutputStream(out));
        bytes = out.finish(seq, nowMs);
      }
      disk.rename(unfinished, path);
      disk.forceDirectory(directory);
      return bytes;
    } catch (IOException e) {
      deleteQuietly(unfinished);
      throw e;
    }
  }

  private void deleteQuietly(Path file) {
    try {
      if (disk.exists(file)) {
        disk.delete(file);
      }
    } catch (IOException _) {
      // the next start deletes it
    }
  }

  private void prune(long seq, long nowMs, long gap) throws IOException {
    boolean deleted = false;
    for (Path file : disk.list(directory)) {
      long found = FileName.seq(file, FileName.CHECKPOINT);
      if (found >= 0 && !good.contains(found)) {
        quarantine.remove(file);
        deleted = true;
      }
    }
    if (deleted) {
      disk.forceDirectory(directory);
    }
    long needed = good.size() == KEPT ? good.getFirst() + 1 : 0;
    if (gap > 0 && seq >= gap - 1) {
      needed = Math.max(needed, gap); // an older checkpoint cannot be replayed over the gap
    }
    long keptFromMs = config.keepMs() == 0 ? Long.MAX_VALUE : nowMs - config.keepMs();
    ledger.expire(needed, keptFromMs, config.journalBytesMax() / 2);
  }

  /// Of the newest checkpoint; 0 where there is none. Any thread.
  public long lastSeq() {
    return lastSeq;
  }

  /// Bytes of the checkpoint written last; 0 before the first. Any thread.
  public long lastBytes() {
    return lastBytes;
  }

  /// Why the last attempt failed, or the empty string. Any thread.
  public String failure() {
    return failure;
  }
}

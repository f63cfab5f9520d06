package dev.tocsin.pipeline.journal;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/// When a checkpoint is wanted.
class CheckpointStoreTest {
  private final Entries source = new Entries(new SplittableRandom(5));
  private Rig rig;
  private CheckpointStore checkpoints;

  CheckpointStoreTest() throws IOException {
    rig = new Rig(new FaultyDisk(), Rig.SMALL, JournalStart.EMPTY);
    checkpoints = rig.journal.checkpoints();
  }

  private void open(JournalConfig config) throws IOException {
    rig = new Rig(new FaultyDisk(), config, JournalStart.EMPTY);
    checkpoints = rig.journal.checkpoints();
  }

  @Test
  void aCheckpointIsWantedWhenBytesAndTimeHavePassedOrMuchWasJournalled() throws IOException {
    open(Rig.SMALL.withSizes(1, 16 << 20).withCheckpoints(2000, 4, 60_000_000_000L));
    long seq = journal(0, 2000);
    assertThat(checkpoints.wantsCheckpoint()).as("there was none before").isTrue();
    writeLarge(seq, 500_000);
    seq = journal(seq, 1_000_000);
    rig.clock.advanceMs(61_000);
    assertThat(checkpoints.wantsCheckpoint()).as("less than its size, four times").isFalse();
    seq = journal(seq, 1_100_000);
    assertThat(checkpoints.wantsCheckpoint()).isTrue();
    rig.checkpoint(seq);
    seq = journal(seq, 3_000_000);
    assertThat(checkpoints.wantsCheckpoint()).as("too early").isFalse();
    journal(seq, 1_300_000);
    assertThat(checkpoints.wantsCheckpoint()).as("a quarter of the journal").isTrue();
  }

  @Test
  void whatIsJournalledWhileACheckpointIsWrittenCountsForTheNext() throws IOException {
    JournalConfig config = Rig.SMALL.withCheckpoints(2000, 0, 1_000_000_000L);
    open(config);
    long seq = journal(0, 2000);
    CheckpointStore.Mark mark = checkpoints.mark(seq, seq * 10);
    journal(seq, 2000);
    rig.clock.advanceMs(1000);
    checkpoints.write(mark, out -> out.writeUTF("state through " + mark.seq()));
    assertThat(checkpoints.lastSeq()).isEqualTo(seq);
    assertThat(checkpoints.wantsCheckpoint()).isTrue();
  }

  /// So many bytes more, or one entry (up to 150,000) beyond. Returns the seq of the newest entry.
  private long journal(long from, long bytes) {
    long before = rig.journal.stats().appendedBytes();
    long seq = from;
    while (rig.journal.stats().appendedBytes() - before < bytes) {
      rig.run(source.next(1));
      seq++;
    }
    return seq;
  }

  private void writeLarge(long seq, int bytes) throws IOException {
    checkpoints.write(seq, seq * 10, out -> out.write(new byte[bytes]));
  }
}

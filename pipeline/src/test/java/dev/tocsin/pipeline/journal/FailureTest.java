package dev.tocsin.pipeline.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tocsin.model.input.Input;
import dev.tocsin.model.input.RuleSet;
import dev.tocsin.model.labels.Labels;
import dev.tocsin.pipeline.journal.format.Frame;
import dev.tocsin.pipeline.journal.segment.FileName;
import dev.tocsin.pipeline.ring.Entry;
import java.io.IOException;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// What fails once is not tried again on the same segment, and a checkpoint ends it.
class FailureTest {
  private final FaultyDisk disk = new FaultyDisk();
  private final Entries source = new Entries(new SplittableRandom(4));
  private Rig rig;

  @BeforeEach
  void open() throws IOException {
    rig = Rig.fresh(disk);
  }

  private void passRetryTime() {
    rig.clock.advanceMs(5001);
    rig.run();
  }

  @ParameterizedTest
  @EnumSource(
      value = FaultyDisk.Op.class,
      names = {"WRITE", "FORCE"})
  void afterAFailureEntriesAreUndurableUntilACheckpoint(FaultyDisk.Op op) throws IOException {
    List<Entry> safe = source.next(5);
    rig.run(safe);
    disk.fail(op, "the disk says no");
    rig.run(source.next(3));
    assertThat(rig.fates.calls.get(rig.fates.calls.size() - 2))
        .startsWith("failed 6: ")
        .contains("the disk says no");
    assertThat(rig.fates.calls.getLast()).isEqualTo("undurable 8");
    assertThat(rig.journal.stats().failure()).contains("the disk says no");
    int attempts = disk.count(op);
    rig.run(source.next(3));
    assertThat(disk.count(op)).as("not tried again").isEqualTo(attempts);
    assertThat(rig.reader.done).as("the ring goes on").hasSize(11);

    disk.heal();
    assertThat(rig.journal.needsCheckpoint()).isFalse();
    passRetryTime();
    assertThat(rig.journal.needsCheckpoint()).isTrue();
    assertThat(rig.journal.checkpoints().wantsCheckpoint()).isTrue();
    assertThat(rig.journal.checkpoints().wantedSeq()).isEqualTo(11);
    rig.run(source.next(2));
    assertThat(rig.fates.calls.getLast()).isEqualTo("undurable 13");
    rig.checkpoint(12);
    rig.run();
    assertThat(rig.fates.calls.getLast()).isEqualTo("recovered 13");
    assertThat(rig.journal.stats().failure()).isEmpty();
    List<Entry> later = source.next(4);
    rig.run(later);
    assertThat(rig.fates.calls.getLast()).isEqualTo("durable 17");
    assertThat(rig.fates.isAcknowledged(13)).isFalse();

    Rig.Found found = Rig.recover(disk.afterCrash(new SplittableRandom(1)));
    assertThat(found.checkpointSeq()).isEqualTo(12);
    assertThat(found.report().start().lastSeq()).isEqualTo(17);
    assertThat(found.entries().subList(1, 5)).isEqualTo(Rig.texts(later));
  }

  @Test
  void aCheckpointThatIsTooOldDoesNotEndAFailure() throws IOException {
    rig.run(source.next(5));
    disk.fail(FaultyDisk.Op.FORCE, "no");
    rig.run(source.next(3));
    disk.heal();
    passRetryTime();
    rig.checkpoint(7);
    rig.run();
    assertThat(rig.journal.needsCheckpoint()).isTrue();
    rig.checkpoint(8);
    rig.run();
    assertThat(rig.fates.calls.getLast()).isEqualTo("recovered 8");
  }

  @Test
  void aCrashBeforeTheCheckpointGoesBackToWhatWasDurable() throws IOException {
    List<Entry> safe = source.next(5);
    rig.run(safe);
    disk.fail(FaultyDisk.Op.FORCE, "no");
    rig.run(source.next(3));
    disk.heal();
    passRetryTime();
    rig.run(source.next(20));
    FaultyDisk left = disk.afterCrash(new SplittableRandom(1));
    Rig.Found found = Rig.recover(left);
    assertThat(found.entries()).isEqualTo(Rig.texts(safe));
    assertThat(found.report().undurableSegments()).isPositive();
    assertThat(left.list(Rig.DIR)).as("what was undurable is gone").hasSize(1);
    assertThat(Rig.recover(left).report().undurableSegments()).isZero();
  }

  @Test
  void aFailureWhileRecoveringStartsAnew() throws IOException {
    List<Entry> safe = source.next(5);
    rig.run(safe);
    for (int i = 0; i < 3; i++) {
      disk.fail(FaultyDisk.Op.FORCE, "no");
      rig.run(source.next(3));
      disk.heal();
      passRetryTime();
      assertThat(rig.journal.needsCheckpoint()).isTrue();
      rig.run(source.next(3));
    }
    assertThat(rig.fates.calls).filteredOn(it -> it.startsWith("failed")).hasSize(1);
    assertThat(rig.journal.stats().segments()).isLessThan(4);
    rig.checkpoint(23);
    rig.run(source.next(1));
    assertThat(rig.fates.calls.getLast()).isEqualTo("durable 24");
    assertThat(Rig.recover(disk.copy()).report().start().lastSeq()).isEqualTo(24);
  }

  @Test
  void whatIsToldDurableWithTheRecoveryIsOnDisk() throws IOException {
    rig.run(source.next(5));
    disk.fail(FaultyDisk.Op.FORCE, "no");
    rig.run(source.next(1));
    disk.heal();
    passRetryTime();
    rig.run(source.next(1));
    rig.reader.queue.addAll(source.next(2));
    rig.clock.advanceMs(-100); // the group has not ended yet
    rig.journal.stage().step();
    rig.journal.writer().step();
    rig.checkpoint(6);
    rig.journal.writer().step();
    assertThat(rig.fates.calls.getLast()).isEqualTo("recovered 9");
    assertThat(rig.journal.durableSeq()).isEqualTo(9);
    for (int seed = 0; seed < 20; seed++) {
      Rig.Found found = Rig.recover(disk.afterCrash(new SplittableRandom(seed)));
      assertThat(found.report().start().lastSeq()).isEqualTo(9);
    }
  }

  @Test
  void aRecordBeyondItsLimitIsLeftToACheckpoint() throws IOException {
    rig.run(source.next(1));
    String content = "x".repeat(Frame.RECORD_BYTES_MAX);
    RuleSet rules =
        new RuleSet(List.of(new RuleSet.RuleText("r", content)), Labels.empty(), "", 1, 1);
    rig.run(List.of(new Entry(2, 1_800_000_000_000L, new Input.Reload(rules))));
    assertThat(rig.fates.calls.toString()).contains("failed 2: entry 2: a record of ");
    passRetryTime();
    rig.checkpoint(2);
    rig.run();
    assertThat(rig.fates.calls.getLast()).isEqualTo("recovered 2");
  }

  @Test
  void withoutEntriesRecoveryGoesOnToo() throws IOException {
    disk.fail(FaultyDisk.Op.FORCE, "no");
    rig.run(source.next(1));
    disk.heal();
    passRetryTime();
    rig.checkpoint(1);
    rig.run();
    assertThat(rig.fates.calls.getLast()).isEqualTo("recovered 1");
  }

  @Test
  void aFullDiskIsAFailureAndHealsWhenThereIsSpace() throws IOException {
    disk.limitTo(40_000);
    List<Entry> entries = source.next(150);
    rig.run(entries);
    long safe = rig.fates.acknowledgedThrough();
    assertThat(safe).isBetween(1L, 149L);
    assertThat(rig.journal.stats().failure()).contains("no space left");
    Rig.Found found = Rig.recover(disk.afterCrash(new SplittableRandom(3)));
    assertThat(found.entries()).isEqualTo(Rig.texts(entries.subList(0, (int) safe)));
    passRetryTime();
    assertThat(rig.journal.needsCheckpoint()).as("still full").isFalse();
    disk.heal();
    passRetryTime();
    rig.checkpoint(150);
    rig.run();
    rig.run(source.next(1));
    assertThat(rig.fates.calls.getLast()).isEqualTo("durable 151");
  }

  @Test
  void beyondItsSizeLimitTheJournalFailsUntilACheckpointMakesRoom() throws IOException {
    JournalConfig config = Rig.SMALL.withSizes(1 << 20, 70_000);
    rig = new Rig(disk, config, JournalStart.EMPTY);
    long bytes = 0;
    long seq = 0;
    while (rig.journal.stats().failure().isEmpty()) {
      rig.run(source.next(1));
      seq++;
      bytes = Math.max(bytes, rig.journal.stats().journalBytes());
      assertThat(seq).isLessThan(1000);
    }
    assertThat(rig.journal.stats().failure()).contains("size limit of 70000 bytes");
    assertThat(bytes).isLessThanOrEqualTo(70_000 + 320_000);
    assertThat(rig.journal.checkpoints().wantsCheckpoint()).isTrue();
    passRetryTime();
    rig.checkpoint(seq);
    assertThat(rig.journal.stats().segments()).isEqualTo(1);
    rig.run();
    rig.run(source.next(5));
    assertThat(rig.fates.calls.getLast()).isEqualTo("durable " + (seq + 5));
  }

  @Test
  void aFailedCheckpointLeavesTheOldOnesAndIsWantedAgainLater() throws IOException {
    rig = new Rig(disk, Rig.SMALL.withSizes(1000, 1 << 22), JournalStart.EMPTY);
    rig.run(source.next(20));
    assertThat(rig.journal.checkpoints().wantsCheckpoint()).isTrue();
    rig.checkpoint(10);
    rig.run(source.next(20));
    disk.fail(FaultyDisk.Op.FORCE, "no");
    assertThatThrownBy(() -> rig.checkpoint(40)).hasMessage("no");
    disk.heal();
    assertThat(rig.journal.checkpoints().failure()).isEqualTo("no");
    assertThat(rig.journal.checkpoints().wantsCheckpoint()).isFalse();
    rig.clock.advanceMs(5001);
    assertThat(rig.journal.checkpoints().wantsCheckpoint()).isTrue();
    Rig.Found found = Rig.recover(disk.copy());
    assertThat(found.checkpointSeq()).isEqualTo(10);
    assertThat(found.report().start().lastSeq()).isEqualTo(40);
    rig.checkpoint(40);
    assertThat(rig.journal.checkpoints().wantsCheckpoint()).isFalse();
  }

  @Test
  void twoCheckpointsAreKeptAndTheSegmentsBehindTheOlder() throws IOException {
    List<Entry> all = source.next(300);
    for (int i = 0; i < 300; i += 50) {
      rig.run(all.subList(i, i + 50));
      rig.checkpoint(i + 40);
    }
    assertThat(rig.disk.list(Rig.DIR))
        .filteredOn(it -> it.toString().endsWith(".checkpoint"))
        .hasSize(2);
    FaultyDisk copy = disk.copy();
    assertThat(Rig.recover(copy).checkpointSeq()).isEqualTo(290);
    copy.plant(FileName.checkpoint(Rig.DIR, 290), new byte[100]);
    Rig.Found found = Rig.recover(copy);
    assertThat(found.checkpointSeq()).isEqualTo(240);
    assertThat(found.entries()).isEqualTo(Rig.texts(all.subList(240, 300)));
    assertThat(found.report().notes().toString())
        .contains("290.checkpoint cannot be used", "240.checkpoint is used instead");
  }

  @Test
  void aForceIsNotWaitedForWhenTheJournalIsIdle() throws IOException {
    rig.reader.queue.addAll(source.next(1));
    rig.journal.stage().step();
    rig.journal.writer().step();
    assertThat(rig.fates.calls).containsExactly("durable 1");
    rig.reader.queue.addAll(source.next(1));
    rig.journal.stage().step();
    rig.journal.writer().step();
    assertThat(rig.fates.calls).as("within the group").hasSize(1);
    assertThat(rig.journal.writer().deadlineNanos() - rig.clock.monotonicNanos())
        .isEqualTo(2_000_000);
    rig.journal.forceThrough(2);
    rig.journal.writer().step();
    assertThat(rig.fates.calls).as("somebody waits").endsWith("durable 2");
    rig.reader.queue.addAll(source.next(1));
    rig.journal.stage().step();
    rig.clock.advanceMs(2);
    rig.journal.writer().step();
    assertThat(rig.fates.calls).as("the group's time is over").endsWith("durable 3");
  }

  @Test
  void whenTheStagingIsFullTheStageStopsReading() throws IOException {
    rig.reader.queue.addAll(source.next(500));
    while (rig.journal.stage().step() > 0) {
      assertThat(rig.journal.fullness()).isBetween(0.0, 1.0);
    }
    assertThat(rig.journal.fullness()).isGreaterThan(0.5);
    assertThat(rig.reader.queue).isNotEmpty();
    rig.run();
    assertThat(rig.reader.queue).isEmpty();
    assertThat(rig.journal.fullness()).isZero();
    assertThat(rig.fates.calls.getLast()).isEqualTo("durable 500");
  }
}

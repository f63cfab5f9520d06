package dev.tocsin.pipeline.journal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tocsin.pipeline.ring.Entry;
import java.io.IOException;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// With a sync interval entries are told when they are written, and forced within it.
class SyncIntervalTest {
  private static final long INTERVAL_MS = 200;
  private static final JournalConfig CONFIG = Rig.SMALL.withSync(INTERVAL_MS * 1_000_000);

  private final FaultyDisk disk = new FaultyDisk();
  private final Entries source = new Entries(new SplittableRandom(4));
  private Rig rig;

  @BeforeEach
  void open() throws IOException {
    rig = new Rig(disk, CONFIG, JournalStart.EMPTY);
    rig.run(source.next(1)); // forced at once: nothing was for longer than the interval
  }

  /// Written, and no time passes.
  private void write(List<Entry> entries) {
    rig.reader.queue.addAll(entries);
    while (rig.journal.stage().step() + rig.journal.writer().step() > 0) {
      // until all is written
    }
  }

  private int forces() {
    return disk.count(FaultyDisk.Op.FORCE);
  }

  @Test
  void whatIsWrittenIsToldBeforeItIsForced() {
    int before = forces();
    long forced = rig.journal.durableSeq();
    write(source.next(3));
    assertThat(rig.fates.acknowledgedThrough()).isEqualTo(4);
    assertThat(rig.journal.durableSeq()).as("alerts wait for the disk").isEqualTo(forced);
    assertThat(forces()).isEqualTo(before);
    assertThat(rig.journal.writer().deadlineNanos() - rig.clock.monotonicNanos())
        .isBetween(0L, INTERVAL_MS * 1_000_000);
    rig.clock.advanceMs(INTERVAL_MS);
    rig.journal.writer().step();
    assertThat(rig.journal.durableSeq()).isEqualTo(4);
    assertThat(forces() - before).isBetween(1, 2); // one may be for space ahead
  }

  @Test
  void whoWaitsForTheDiskNeedNotWaitForTheInterval() {
    write(source.next(3));
    rig.journal.forceThrough(4);
    rig.journal.writer().step();
    assertThat(rig.journal.durableSeq()).isEqualTo(4);
  }

  @Test
  void manyFramesAreStillForcedOnce() {
    int before = forces();
    List<Entry> entries = source.next(8);
    write(entries);
    assertThat(rig.journal.stats().segments()).isEqualTo(1);
    rig.clock.advanceMs(INTERVAL_MS);
    rig.journal.writer().step();
    assertThat(forces() - before).isBetween(1, 2);
    assertThat(rig.journal.durableSeq()).isEqualTo(9);
  }

  @Test
  void aPowerCutTakesAtMostWhatCameWithinTheInterval() throws IOException {
    write(source.next(5));
    rig.clock.advanceMs(INTERVAL_MS);
    rig.journal.writer().step();
    write(source.next(5));
    int lost = 0;
    for (int seed = 0; seed < 30; seed++) {
      long last =
          Rig.recover(disk.afterCrash(new SplittableRandom(seed))).report().start().lastSeq();
      assertThat(last).isBetween(6L, 11L);
      lost += last < 11 ? 1 : 0;
    }
    assertThat(lost).isPositive();
  }

  @Test
  void theEndOfTheProcessAloneTakesNothing() throws IOException {
    write(source.next(5));
    disk.restart();
    assertThat(Rig.recover(disk).report().start().lastSeq()).isEqualTo(6);
  }

  @Test
  void whatComesAfterAFailedForceIsUndurable() throws IOException {
    write(source.next(3));
    disk.fail(FaultyDisk.Op.FORCE, "no");
    rig.clock.advanceMs(INTERVAL_MS);
    rig.journal.writer().step();
    assertThat(rig.fates.calls.getLast()).startsWith("failed 5: ");
    write(source.next(2));
    assertThat(rig.fates.calls.getLast()).isEqualTo("undurable 6");
    disk.heal();
    rig.clock.advanceMs(5001);
    rig.run();
    rig.checkpoint(6);
    rig.run();
    assertThat(rig.fates.calls.getLast()).isEqualTo("recovered 6");
    write(source.next(1));
    assertThat(rig.fates.calls.getLast()).isEqualTo("durable 7");
    rig.clock.advanceMs(INTERVAL_MS);
    rig.journal.writer().step();
    Rig.Found found = Rig.recover(disk.afterCrash(new SplittableRandom(1)));
    assertThat(found.checkpointSeq()).isEqualTo(6);
    assertThat(found.report().start().lastSeq()).isEqualTo(7);
  }

  @Test
  void aSegmentIsForcedBeforeTheNextOneBegins() throws IOException {
    write(source.next(200));
    assertThat(rig.journal.stats().segments()).isGreaterThan(2);
    for (int seed = 0; seed < 10; seed++) {
      Rig.Found found = Rig.recover(disk.afterCrash(new SplittableRandom(seed)));
      assertThat(found.report().start().lastSeq()).isGreaterThanOrEqualTo(rig.journal.durableSeq());
      assertThat(found.entries()).hasSize((int) found.report().start().lastSeq());
    }
  }
}

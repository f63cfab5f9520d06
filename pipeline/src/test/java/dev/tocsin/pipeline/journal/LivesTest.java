package dev.tocsin.pipeline.journal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tocsin.pipeline.journal.format.JournalException;
import dev.tocsin.pipeline.ring.Entry;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Many lives of one journal, with failing disks, full disks, checkpoints and crashes in all of
/// them: every start finds a history without a gap that holds all that was acknowledged.
class LivesTest {
  private static final JournalConfig CONFIG = Rig.SMALL.withSizes(30_000, 300_000);
  private static final FaultyDisk.Op[] OPS = {
    FaultyDisk.Op.WRITE,
    FaultyDisk.Op.FORCE,
    FaultyDisk.Op.PREALLOCATE,
    FaultyDisk.Op.RENAME,
    FaultyDisk.Op.FORCE_DIRECTORY,
    FaultyDisk.Op.OPEN,
    FaultyDisk.Op.DELETE
  };

  private final List<String> history = new ArrayList<>();
  private int epochs;
  private int recoveries;
  private int discarded;

  private void live(long seed, int lives) throws IOException {
    SplittableRandom random = new SplittableRandom(seed);
    Entries source = Entries.mixed(random);
    FaultyDisk disk = new FaultyDisk();
    JournalStart start = JournalStart.EMPTY;
    for (int life = 0; life < lives; life++) {
      String name = "seed " + seed + ", life " + life;
      source.goOnBehind(start.lastSeq());
      Rig rig = new Rig(disk, CONFIG, start);
      source.series().forEach(rig.journal::know);
      disk.crashAt(disk.operations() + random.nextInt(400));
      liveOnce(rig, source, random);
      long acknowledged = rig.fates.acknowledgedThrough();
      epochs += count(rig, "failed");
      recoveries += count(rig, "recovered");
      disk = disk.afterCrash(random);
      Rig.Found found = recover(disk, name);
      start = found.report().start();
      int last = (int) start.lastSeq();
      assertThat((long) last).as(name).isGreaterThanOrEqualTo(acknowledged);
      history.subList(last, history.size()).clear();
      List<String> expected = history.subList((int) found.checkpointSeq(), last);
      assertThat(found.entries()).as(name).isEqualTo(expected);
      discarded += found.report().undurableSegments();
    }
  }

  private static Rig.Found recover(FaultyDisk disk, String name) throws IOException {
    try {
      return Rig.recover(disk, CONFIG);
    } catch (JournalException e) {
      throw new AssertionError(name + ": " + e.getMessage(), e);
    }
  }

  private void liveOnce(Rig rig, Entries source, SplittableRandom random) {
    try {
      for (int i = 0; i < 200; i++) {
        Entry entry = source.next();
        history.add(Entries.text(entry));
        rig.reader.queue.add(entry);
        step(rig, random);
        disturb(rig.disk, random);
        checkpoint(rig, random, entry.seq());
      }
      rig.journal.stage().step();
      rig.journal.writer().stopped();
    } catch (FaultyDisk.Crash _) {
      // as planned
    }
  }

  private static void step(Rig rig, SplittableRandom random) {
    for (int i = random.nextInt(3); i > 0; i--) {
      rig.journal.stage().step();
    }
    for (int i = random.nextInt(3); i > 0; i--) {
      rig.journal.writer().step();
      rig.clock.advanceMs(random.nextInt(3));
    }
    if (random.nextInt(10) == 0) {
      rig.clock.advanceMs(6000);
    }
  }

  private static void disturb(FaultyDisk disk, SplittableRandom random) {
    switch (random.nextInt(60)) {
      case 0, 8 -> disk.fail(OPS[random.nextInt(OPS.length)], "the disk says no");
      case 1 -> disk.limitTo(random.nextInt(300_000));
      case 2, 3, 4, 5, 6, 7, 9 -> disk.heal();
      default -> {}
    }
  }

  private static void checkpoint(Rig rig, SplittableRandom random, long seq) {
    if (rig.journal.checkpoints().wantsCheckpoint() && random.nextInt(3) == 0) {
      try {
        rig.checkpoint(seq);
      } catch (IOException _) {
        // tried again when it is wanted again
      }
    }
  }

  private static int count(Rig rig, String call) {
    return (int) rig.fates.calls.stream().filter(it -> it.startsWith(call)).count();
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4})
  void everyLifeGoesOnWithAllThatWasAcknowledged(long seed) throws IOException {
    live(seed, 10);
  }

  @Test
  void theLivesAreHardOnes() throws IOException {
    for (long seed = 20; seed < 30; seed++) {
      history.clear();
      live(seed, 10);
    }
    String counts =
        epochs + " failures, " + recoveries + " recoveries, " + discarded + " discarded";
    assertThat(epochs).as(counts).isGreaterThan(15);
    assertThat(recoveries).as(counts).isGreaterThan(3);
    assertThat(discarded).as(counts).isPositive();
  }

  @Test
  @Tag("deep")
  void manyLives() throws IOException {
    for (long seed = 1000; seed < 3000; seed++) {
      history.clear();
      live(seed, 15);
    }
  }
}

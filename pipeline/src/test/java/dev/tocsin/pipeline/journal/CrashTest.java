package dev.tocsin.pipeline.journal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tocsin.pipeline.journal.format.JournalException;
import dev.tocsin.pipeline.journal.segment.FileName;
import dev.tocsin.pipeline.ring.Entry;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// A crash takes nothing that was acknowledged, and leaves no half of anything.
class CrashTest {
  private static final int ENTRIES = 60;

  /// A seeded run with restarts in it; crashes somewhere, unless it comes to its end before.
  private record Run(Rig rig, List<Entry> entries, boolean crashed) {}

  private static Run run(long seed, int crashAt, boolean forcesIgnored) throws IOException {
    SplittableRandom random = new SplittableRandom(seed);
    List<Entry> entries = Entries.mixed(random).next(ENTRIES);
    FaultyDisk disk = new FaultyDisk();
    disk.crashAt(crashAt);
    if (forcesIgnored) {
      disk.ignoreForces();
    }
    Rig rig = Rig.fresh(disk);
    try {
      for (Entry entry : entries) {
        rig.reader.queue.add(entry);
        for (int i = random.nextInt(3); i >= 0; i--) {
          rig.journal.stage().step();
        }
        if (random.nextInt(3) > 0) {
          rig.journal.writer().step();
        }
        if (random.nextInt(3) == 0) {
          rig.clock.advanceMs(1);
        }
        if (random.nextInt(15) == 0) {
          rig.checkpoint(entry.seq());
        }
      }
      rig.run();
      return new Run(rig, entries, false);
    } catch (FaultyDisk.Crash _) {
      return new Run(rig, entries, true);
    }
  }

  private static void check(String name, Run run, FaultyDisk disk) throws IOException {
    Rig.Found found = Rig.recover(disk);
    long last = found.report().start().lastSeq();
    assertThat(last).as(name).isGreaterThanOrEqualTo(run.rig.fates.acknowledgedThrough());
    List<String> expected = Rig.texts(run.entries.subList((int) found.checkpointSeq(), (int) last));
    assertThat(found.entries()).as(name).isEqualTo(expected);
    Rig.Found again = Rig.recover(disk);
    assertThat(again.entries()).as(name + ", once more").isEqualTo(expected);
    assertThat(again.report().cutBytes()).as(name + ", once more").isZero();
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void whateverIsAcknowledgedSurvivesACrashAtAnyOperation(long seed) throws IOException {
    crashEverywhere(seed, 2);
  }

  @Test
  @Tag("deep")
  void whateverIsAcknowledgedSurvivesManyCrashes() throws IOException {
    for (long seed = 100; seed < 300; seed++) {
      crashEverywhere(seed, 8);
    }
  }

  private static void crashEverywhere(long seed, int images) throws IOException {
    int crashAt = 0;
    Run run;
    do {
      run = run(seed, crashAt, false);
      for (int image = 0; image < images; image++) {
        long imageSeed = seed * 1_000_003 + crashAt * 31L + image;
        FaultyDisk disk = run.rig.disk.afterCrash(new SplittableRandom(imageSeed));
        check("seed " + seed + ", operation " + crashAt + ", image " + image, run, disk);
      }
      crashAt++;
    } while (run.crashed);
    assertThat(crashAt).isGreaterThan(50);
  }

  @Test
  void withoutForcesTheTestsHereWouldFail() throws IOException {
    int losses = 0;
    for (int crashAt = 0; crashAt < 60; crashAt++) {
      Run run = run(1, crashAt, true);
      FaultyDisk disk = run.rig.disk.afterCrash(new SplittableRandom(crashAt));
      try {
        long last = Rig.recover(disk).report().start().lastSeq();
        losses += last < run.rig.fates.acknowledgedThrough() ? 1 : 0;
      } catch (JournalException _) {
        losses++; // what was told durable is seen to be missing
      }
    }
    assertThat(losses).isGreaterThan(10);
  }

  /// The process alone ends, so that a start finds what was written and not forced; later the power
  /// fails.
  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void whatAStartFoundIsThereAfterAPowerCutToo(boolean afterAFailedForce) throws IOException {
    for (int seed = 0; seed < 20; seed++) {
      Entries source = new Entries(new SplittableRandom(seed));
      FaultyDisk disk = new FaultyDisk();
      Rig first = Rig.fresh(disk);
      List<Entry> entries = new ArrayList<>(source.next(4));
      first.run(entries);
      disk.fail(FaultyDisk.Op.FORCE, "no");
      if (!afterAFailedForce) {
        disk.crashAtNext(FaultyDisk.Op.FORCE);
      }
      List<Entry> unforced = source.next(3);
      try {
        first.run(unforced);
      } catch (FaultyDisk.Crash _) {
        // as planned
      }
      disk.restart();
      Rig.Found found = Rig.recover(disk);
      assertThat(found.report().start().lastSeq()).isBetween(4L, 7L);
      entries.addAll(unforced.subList(0, (int) found.report().start().lastSeq() - 4));
      source.goOnBehind(found.report().start().lastSeq());
      Rig second = new Rig(disk, Rig.SMALL, found.report().start());
      source.series().forEach(second.journal::know);
      List<Entry> later = source.next(3);
      second.run(later);
      entries.addAll(later);
      assertThat(second.fates.acknowledgedThrough()).isEqualTo(entries.size());
      FaultyDisk left = disk.afterCrash(new SplittableRandom(seed));
      assertThat(Rig.recover(left).entries()).as("seed %s", seed).isEqualTo(Rig.texts(entries));
    }
  }

  @Test
  void aCrashDuringRecoveryLosesNothingEither() throws IOException {
    Run run = run(2, 60, false);
    FaultyDisk image = run.rig.disk.afterCrash(new SplittableRandom(99));
    boolean crashed = true;
    for (int crashAt = 0; crashed; crashAt++) {
      FaultyDisk disk = image.copy();
      disk.crashAt(crashAt);
      try {
        Rig.recover(disk);
        crashed = false;
      } catch (FaultyDisk.Crash _) {
        check("operation " + crashAt, run, disk.afterCrash(new SplittableRandom(crashAt)));
      }
    }
  }

  @Test
  void aSegmentCutAnywhereGivesThePrefixOfCompleteEntries() throws IOException {
    long seed = 1;
    while (!cutAnywhere(seed)) {
      seed++;
    }
  }

  /// False where the journal of this seed is too long to be cut at every byte.
  private static boolean cutAnywhere(long seed) throws IOException {
    List<Entry> entries = Entries.mixed(new SplittableRandom(seed)).next(12);
    Rig rig = Rig.fresh(new FaultyDisk());
    long[] ends = new long[entries.size() + 1];
    ends[0] = 32;
    for (Entry entry : entries) {
      rig.run(List.of(entry));
      ends[(int) entry.seq()] = 32 + rig.journal.stats().appendedBytes();
    }
    int used = (int) ends[entries.size()];
    if (used > 3000) {
      return false;
    }
    byte[] bytes = rig.disk.bytes(FileName.segment(Rig.DIR, 1));
    List<String> texts = Rig.texts(entries);
    for (int cut = 32; cut <= used; cut++) {
      byte[] zeroed = bytes.clone();
      Arrays.fill(zeroed, cut, zeroed.length, (byte) 0);
      int same = cut;
      while (same < used && bytes[same] == 0) {
        same++;
      }
      checkCut("cut at " + cut, Arrays.copyOf(bytes, cut), cut, ends, texts);
      checkCut("zeros from " + cut, zeroed, same, ends, texts);
    }
    return true;
  }

  private static void checkCut(
      String name, byte[] bytes, long intact, long[] ends, List<String> texts) throws IOException {
    int whole = (int) Arrays.stream(ends).filter(it -> it <= intact).count() - 1;
    FaultyDisk disk = new FaultyDisk();
    Path file = FileName.segment(Rig.DIR, 1);
    disk.plant(file, bytes);
    assertThat(Rig.recover(disk).entries()).as(name).isEqualTo(texts.subList(0, whole));
    assertThat(disk.bytes(file)).as(name).hasSize(whole == 0 ? 0 : (int) ends[whole]);
  }
}

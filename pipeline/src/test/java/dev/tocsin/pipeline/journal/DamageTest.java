package dev.tocsin.pipeline.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tocsin.pipeline.journal.format.JournalException;
import dev.tocsin.pipeline.journal.recovery.JournalInspector;
import dev.tocsin.pipeline.journal.recovery.JournalOverview;
import dev.tocsin.pipeline.journal.segment.FileName;
import dev.tocsin.pipeline.ring.Entry;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Damage in what was durable is reported with file and offset, never passed over in silence.
class DamageTest {
  private static final Path FIRST = FileName.segment(Rig.DIR, 1);
  private static final JournalConfig SALVAGE = Rig.SMALL.withSalvage(true);

  private final Entries source = new Entries(new SplittableRandom(8));
  private final FaultyDisk disk = new FaultyDisk();
  private Rig rig;

  @BeforeEach
  void open() throws IOException {
    rig = Rig.fresh(disk);
  }

  private static FaultyDisk flipped(FaultyDisk from, Path file, int at, int bit) {
    FaultyDisk disk = from.copy();
    byte[] bytes = disk.bytes(file).clone();
    bytes[at] ^= (byte) (1 << bit);
    disk.plant(file, bytes);
    return disk;
  }

  @Test
  void everyFlippedBitBeforeTheLastGroupIsFound() throws IOException {
    List<Entry> entries = new ArrayList<>();
    int end = 0;
    for (int i = 0; i < 6; i++) {
      end = 32 + (int) rig.journal.stats().appendedBytes();
      Entry entry = source.next();
      entries.add(entry);
      rig.run(List.of(entry));
    }
    assertThat(rig.journal.stats().segments()).isEqualTo(1);
    for (int at = 0; at < end; at++) {
      int offset = at;
      FaultyDisk damaged = flipped(disk, FIRST, at, at % 8);
      assertThatThrownBy(() -> Rig.recover(damaged))
          .as("byte %s", at)
          .isInstanceOfSatisfying(
              JournalException.class,
              it -> {
                assertThat(it.file()).isEqualTo(FIRST);
                assertThat(it.offset()).isLessThanOrEqualTo(offset);
              })
          .hasMessageContaining("option salvage");
      assertThat(new JournalInspector(damaged, Rig.DIR).inspect().problems())
          .as("byte %s", at)
          .isNotEmpty();
    }
    assertThat(Rig.recover(disk.copy()).entries()).isEqualTo(Rig.texts(entries));
  }

  @Test
  void aSealedJournalShowsEveryFlippedBit() throws IOException {
    rig.run(source.next(1));
    rig.journal.writer().stopped();
    assertThat(Rig.recover(disk.copy()).report().start().lastSeq()).isEqualTo(1);
    int end = disk.bytes(FIRST).length - 32;
    for (int at = 0; at < end; at++) {
      FaultyDisk damaged = flipped(disk, FIRST, at, at % 8);
      assertThatThrownBy(() -> Rig.recover(damaged)).isInstanceOf(JournalException.class);
    }
  }

  @Test
  void damageInAnOlderSegmentIsFoundWhereverItIs() throws IOException {
    rig.run(source.next(200));
    int length = disk.bytes(FIRST).length;
    for (int at = 0; at < length; at += 97) {
      FaultyDisk damaged = flipped(disk, FIRST, at, 3);
      assertThatThrownBy(() -> Rig.recover(damaged))
          .as("byte %s", at)
          .isInstanceOf(JournalException.class)
          .hasMessageContaining(FIRST.toString());
    }
  }

  @Test
  void damageThatACheckpointCoversIsOnlyNoted() throws IOException {
    List<Entry> entries = source.next(10);
    for (Entry entry : entries) {
      rig.run(List.of(entry));
    }
    assertThat(rig.journal.stats().segments()).isEqualTo(1);
    rig.checkpoint(6);
    FaultyDisk damaged = flipped(disk, FIRST, 70, 0);
    Rig.Found found = Rig.recover(damaged);
    assertThat(found.entries()).isEqualTo(Rig.texts(entries.subList(6, 10)));
    assertThat(found.report().notes().toString()).contains("not needed: checkpoint 6 holds");
    assertThat(found.report().start().salvaged()).isFalse();
  }

  @Test
  void salvageLeavesOutWhatCannotBeReadAndAsksForACheckpoint() throws IOException {
    List<Entry> entries = source.next(8);
    for (Entry entry : entries) {
      rig.run(List.of(entry));
    }
    FaultyDisk damaged = flipped(disk, FIRST, 70, 0);
    Rig.Found found = Rig.recover(damaged, SALVAGE);
    List<String> expected = Rig.texts(entries.subList(1, 8));
    assertThat(found.entries()).isEqualTo(expected);
    assertThat(found.report().notes().toString()).contains(FIRST + ":32", "left out: entry 1");
    assertThat(found.report().start().salvaged()).isTrue();
    Rig next = new Rig(damaged, Rig.SMALL, found.report().start());
    assertThat(next.journal.checkpoints().wantsCheckpoint()).isTrue();
    next.run(source.next(2));
    next.checkpoint(9);
    assertThat(next.journal.checkpoints().wantsCheckpoint()).isFalse();
    assertThat(Rig.recover(damaged.copy()).report().start().lastSeq()).isEqualTo(10);
  }

  @Test
  void aMissingSegmentIsAGap() throws IOException {
    List<Entry> entries = source.next(200);
    rig.run(entries);
    Path second = disk.list(Rig.DIR).get(1);
    Path third = disk.list(Rig.DIR).get(2);
    disk.remove(second);
    assertThatThrownBy(() -> Rig.recover(disk.copy()))
        .isInstanceOf(JournalException.class)
        .hasMessageContaining(third + ":0: entries before it are missing; lost: entr");
    Rig.Found found = Rig.recover(disk.copy(), SALVAGE);
    assertThat(found.report().start().lastSeq()).isEqualTo(200);
    assertThat(found.entries()).hasSizeLessThan(200).hasSizeGreaterThan(100);
    disk.remove(FIRST);
    assertThatThrownBy(() -> Rig.recover(disk.copy()))
        .hasMessageContaining("entries before it are missing; lost: entries 1 to ");
  }

  @Test
  void aDamagedCheckpointWithoutTheSegmentsBeforeItIsRefused() throws IOException {
    rig.run(source.next(5));
    disk.fail(FaultyDisk.Op.FORCE, "no");
    rig.run(source.next(2));
    disk.heal();
    rig.clock.advanceMs(5001);
    rig.run();
    rig.checkpoint(7);
    rig.run();
    rig.run(source.next(3));
    assertThat(rig.fates.isAcknowledged(10)).isTrue();
    Path checkpoint = FileName.checkpoint(Rig.DIR, 7);
    FaultyDisk damaged = flipped(disk, checkpoint, 45, 0);
    assertThatThrownBy(() -> Rig.recover(damaged))
        .isInstanceOf(JournalException.class)
        .hasMessageContaining("it goes with a checkpoint that is damaged");
    assertThat(Rig.recover(damaged, SALVAGE).report().start().lastSeq()).isEqualTo(10);
  }

  @Test
  void everyFlippedBitOfACheckpointIsFound() throws IOException {
    rig.run(source.next(3));
    rig.checkpoint(3);
    Path checkpoint = FileName.checkpoint(Rig.DIR, 3);
    for (int at = 0; at < disk.bytes(checkpoint).length; at++) {
      Rig.Found found = Rig.recover(flipped(disk, checkpoint, at, at % 8));
      assertThat(found.checkpointSeq()).isZero();
      assertThat(found.entries()).hasSize(3);
      assertThat(found.report().notes()).hasSize(1);
    }
  }

  @Test
  void anInspectorSeesAllAndChangesNothing() throws IOException {
    rig.run(source.next(100));
    rig.checkpoint(60);
    rig.run(source.next(100));
    FaultyDisk copy = disk.copy();
    JournalOverview overview = new JournalInspector(copy, Rig.DIR).inspect();
    assertThat(overview.problems()).isEmpty();
    assertThat(overview.checkpoints()).hasSize(1);
    assertThat(overview.checkpoints().getFirst().seq()).isEqualTo(60);
    assertThat(overview.segments().getLast().lastSeq()).isEqualTo(200);
    assertThat(overview.segments().stream().mapToLong(it -> it.entries()).sum()).isEqualTo(200);
    assertThat(overview.segments().stream().mapToLong(it -> it.samples()).sum())
        .isEqualTo(rig.journal.stats().samples());
    assertThat(copy.operations()).isZero();
    Path last = overview.segments().getLast().file();
    byte[] torn = copy.bytes(last).clone();
    torn[(int) overview.segments().getLast().usedBytes() + 5] = 1;
    copy.plant(last, torn);
    assertThat(new JournalInspector(copy, Rig.DIR).inspect().problems().toString())
        .contains("6 bytes at the end that are not a frame");
  }

  @Test
  void filesOfOthersAndUnfinishedOnesDoNotMatter() throws IOException {
    rig.run(source.next(3));
    disk.plant(Rig.DIR.resolve("readme.txt"), new byte[] {1});
    disk.plant(Rig.DIR.resolve("1.journal"), new byte[] {1});
    Path unfinished = FileName.unfinished(FileName.segment(Rig.DIR, 4));
    disk.plant(unfinished, new byte[] {1, 2, 3});
    assertThat(Rig.recover(disk).entries()).hasSize(3);
    assertThat(disk.exists(unfinished)).isFalse();
    assertThat(disk.exists(Rig.DIR.resolve("readme.txt"))).isTrue();
  }
}

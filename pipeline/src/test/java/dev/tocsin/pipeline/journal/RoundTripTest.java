package dev.tocsin.pipeline.journal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tocsin.model.batch.Slab;
import dev.tocsin.model.input.Input;
import dev.tocsin.pipeline.journal.format.EntryAssembler;
import dev.tocsin.pipeline.journal.format.FormatException;
import dev.tocsin.pipeline.journal.recovery.JournalInspector;
import dev.tocsin.pipeline.journal.recovery.SegmentOverview;
import dev.tocsin.pipeline.ring.Entry;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RoundTripTest {
  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
  void whatGoesInComesOutAfterARestart(long seed) throws IOException {
    List<Entry> entries = Entries.mixed(new SplittableRandom(seed)).next(200);
    Rig rig = Rig.fresh(new FaultyDisk());
    rig.run(entries);
    assertThat(rig.fates.acknowledgedThrough()).isEqualTo(200);
    assertThat(rig.reader.done).hasSize(200);
    Rig.Found found = Rig.recover(rig.disk.copy());
    assertThat(found.entries()).as("seed %s", seed).isEqualTo(Rig.texts(entries));
    assertThat(found.report().start().lastSeq()).isEqualTo(200);
    assertThat(found.report().start().lastNowMs()).isEqualTo(entries.getLast().nowMs());
    assertThat(found.report().cutBytes()).isZero();
    assertThat(found.report().notes()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(longs = {11, 12, 13})
  void aJournalGoesOnAfterEveryRestart(long seed) throws IOException {
    SplittableRandom random = new SplittableRandom(seed);
    Entries source = Entries.mixed(random);
    List<Entry> all = new ArrayList<>();
    FaultyDisk disk = new FaultyDisk();
    JournalStart start = JournalStart.EMPTY;
    for (int life = 0; life < 6; life++) {
      Rig rig = new Rig(disk, Rig.SMALL, start);
      source.series().forEach(rig.journal::know);
      List<Entry> entries = source.next(random.nextInt(25));
      all.addAll(entries);
      rig.run(entries);
      if (random.nextBoolean()) {
        rig.journal.writer().stopped();
      }
      disk = disk.copy();
      Rig.Found found = Rig.recover(disk);
      assertThat(found.entries()).as("seed %s", seed).isEqualTo(Rig.texts(all));
      start = found.report().start();
    }
    assertThat(new JournalInspector(disk, Rig.DIR).inspect().problems()).isEmpty();
  }

  @Test
  void everySegmentDefinesTheReferencesItUses() throws IOException {
    List<Entry> entries = Entries.mixed(new SplittableRandom(5)).next(400);
    Rig rig = Rig.fresh(new FaultyDisk());
    rig.run(entries);
    JournalInspector inspector = new JournalInspector(rig.disk, Rig.DIR);
    List<SegmentOverview> segments = inspector.inspect().segments();
    assertThat(segments).hasSizeGreaterThan(10);
    for (SegmentOverview segment : segments) {
      assertThat(undefined(inspector, segment)).isZero();
    }
    assertThat(rig.journal.stats().undefinedReferences()).isZero();
  }

  /// Samples in a segment whose reference the segment has not defined before.
  private static int undefined(JournalInspector inspector, SegmentOverview segment)
      throws IOException {
    EntryAssembler assembler = new EntryAssembler();
    assembler.handOverRepeated(true);
    Set<Integer> defined = new HashSet<>();
    int[] undefined = {0};
    inspector.frames(
        segment.file(),
        (_, frame) -> {
          try {
            Entry entry = assembler.add(frame);
            if (entry != null && entry.input() instanceof Input.Transaction it) {
              it.definitions().forEach(definition -> defined.add(definition.ref()));
              undefined[0] += undefinedIn(it, defined);
            }
          } catch (FormatException e) {
            throw new AssertionError(e);
          }
        });
    return undefined[0];
  }

  private static int undefinedIn(Input.Transaction transaction, Set<Integer> defined) {
    int undefined = 0;
    for (Slab slab : transaction.slabs()) {
      for (int i = 0; i < slab.count(); i++) {
        undefined += defined.contains(slab.refs[i]) ? 0 : 1;
      }
    }
    return undefined;
  }
}

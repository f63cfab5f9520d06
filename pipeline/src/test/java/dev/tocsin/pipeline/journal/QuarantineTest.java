package dev.tocsin.pipeline.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tocsin.model.batch.SeriesDefinition;
import dev.tocsin.model.batch.Slab;
import dev.tocsin.model.input.Input;
import dev.tocsin.model.labels.Labels;
import dev.tocsin.model.tenant.Tenant;
import dev.tocsin.pipeline.journal.format.JournalException;
import dev.tocsin.pipeline.journal.format.SegmentHeader;
import dev.tocsin.pipeline.journal.recovery.JournalInspector;
import dev.tocsin.pipeline.journal.recovery.Recovery;
import dev.tocsin.pipeline.journal.segment.FileName;
import dev.tocsin.pipeline.journal.segment.Quarantine;
import dev.tocsin.pipeline.ring.Entry;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeSet;
import java.util.zip.CRC32C;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// A damaged part is told, left out and kept aside; everything before and behind it is there.
class QuarantineTest {
  private static final JournalConfig SALVAGE = Rig.SMALL.withSalvage(true);
  private static final int ENTRIES = 200;

  private final Entries source = new Entries(new SplittableRandom(8));
  private final FaultyDisk disk = new FaultyDisk();
  private final List<Path> segments = new ArrayList<>();

  @BeforeEach
  void write() throws IOException {
    Rig rig = Rig.fresh(disk);
    rig.run(source.next(ENTRIES));
    rig.journal.writer().stopped();
    segments.addAll(disk.list(Rig.DIR));
    assertThat(segments).hasSizeGreaterThan(4);
  }

  private static FaultyDisk with(FaultyDisk from, Path file, int at, int length) {
    FaultyDisk disk = from.copy();
    byte[] bytes = disk.bytes(file).clone();
    for (int i = at; i < at + length; i++) {
      bytes[i] ^= (byte) 0x5a;
    }
    disk.plant(file, bytes);
    return disk;
  }

  private static Set<Long> found(FaultyDisk disk) throws IOException {
    Set<Long> seqs = new TreeSet<>();
    Recovery.open(disk, Rig.DIR, SALVAGE).replay((seq, _, _) -> seqs.add(seq));
    return seqs;
  }

  /// The entry whose frames hold the byte; 0: none.
  private long entryAt(Path segment, int at) throws IOException {
    long[] entry = new long[1];
    new JournalInspector(disk, Rig.DIR)
        .frames(
            segment,
            (offset, frame) -> {
              if (offset <= at && at < offset + frame.length()) {
                entry[0] = frame.seq();
              }
            });
    return entry[0];
  }

  @Test
  void aDamagedByteAnywhereTakesOneEntryAtMost() throws IOException {
    for (Path segment : segments.subList(0, 3)) {
      int length = disk.bytes(segment).length;
      for (int at = 0; at < length; at += 997) {
        Set<Long> missing = new HashSet<>();
        for (long seq = 1; seq <= ENTRIES; seq++) {
          missing.add(seq);
        }
        missing.removeAll(found(with(disk, segment, at, 1)));
        long hit = entryAt(segment, at);
        assertThat(missing)
            .as("%s, byte %s", segment, at)
            .isEqualTo(hit == 0 ? Set.of() : Set.of(hit));
      }
    }
  }

  @Test
  void aDamagedHeaderTakesNothing() throws IOException {
    for (int at = 0; at < SegmentHeader.BYTES; at++) {
      FaultyDisk damaged = with(disk, segments.get(1), at, 1);
      Rig.Found found = Rig.recover(damaged, SALVAGE);
      assertThat(found.entries()).as("byte %s", at).hasSize(ENTRIES);
      assertThat(found.report().start().damage())
          .isEqualTo(new JournalDamage(1, 0, List.of(segments.get(1))));
    }
  }

  @Test
  void aLostSegmentTakesItsEntriesAlone() throws IOException {
    FaultyDisk damaged = disk.copy();
    damaged.remove(segments.get(2));
    long first = FileName.seq(segments.get(2), FileName.SEGMENT);
    long next = FileName.seq(segments.get(3), FileName.SEGMENT);
    Rig.Found found = Rig.recover(damaged, SALVAGE);
    assertThat(found.entries()).hasSize((int) (ENTRIES - (next - first)));
    assertThat(found.report().start().damage())
        .isEqualTo(new JournalDamage(1, next - first, List.of()));
    assertThat(found.report().notes().toString()).contains("entries before it are missing");
  }

  @Test
  void severalPartsAreAllTold() throws IOException {
    FaultyDisk damaged = with(disk, segments.get(0), 2000, 600);
    damaged = with(damaged, segments.get(2), 100, 1);
    Rig.Found found = Rig.recover(damaged, SALVAGE);
    JournalDamage damage = found.report().start().damage();
    assertThat(damage.parts()).isEqualTo(2);
    assertThat(damage.files()).containsExactly(segments.get(0), segments.get(2));
    assertThat(damage.lostEntries()).isEqualTo(ENTRIES - found.entries().size());
    assertThat(found.report().notes()).hasSize(2);
  }

  @Test
  void whatADamagedFileDoesNotTellAnyMoreIsKeptAside() throws IOException {
    FaultyDisk damaged = with(disk, segments.get(1), 2000, 1);
    byte[] before = damaged.bytes(segments.get(1));
    Rig rig = new Rig(damaged, SALVAGE, Rig.recover(damaged, SALVAGE).report().start());
    assertThat(rig.journal.checkpoints().wantsCheckpoint()).isTrue();
    assertThat(rig.journal.stats().damagedParts()).isEqualTo(1);
    assertThat(rig.journal.stats().lostEntries()).isEqualTo(1);
    for (int i = 0; i < 3; i++) {
      List<Entry> more = source.next(40);
      rig.run(more);
      rig.checkpoint(more.getLast().seq());
    }
    assertThat(damaged.exists(segments.get(0))).isFalse();
    assertThat(damaged.exists(segments.get(1))).isFalse();
    assertThat(damaged.bytes(FileName.damaged(segments.get(1)))).isEqualTo(before);
    assertThat(Rig.recover(damaged, SALVAGE).report().start().damage())
        .isEqualTo(JournalDamage.NONE);
  }

  @Test
  void aDamagedCheckpointIsKeptAsideToo() throws IOException {
    Rig rig = new Rig(disk, SALVAGE, Rig.recover(disk, SALVAGE).report().start());
    rig.run(source.next(10));
    rig.checkpoint(ENTRIES + 5);
    Path checkpoint = FileName.checkpoint(Rig.DIR, ENTRIES + 5);
    FaultyDisk damaged = with(disk, checkpoint, 45, 1);
    Rig.Found found = Rig.recover(damaged, SALVAGE);
    assertThat(found.report().start().damage())
        .isEqualTo(new JournalDamage(1, 0, List.of(checkpoint)));
    Rig next = new Rig(damaged, SALVAGE, found.report().start());
    source.goOnBehind(found.report().start().lastSeq());
    next.run(source.next(10));
    next.checkpoint(ENTRIES + 15);
    assertThat(damaged.exists(checkpoint)).isFalse();
    assertThat(damaged.exists(FileName.damaged(checkpoint))).isTrue();
  }

  @Test
  void theOldestThatAreKeptAsideGo() throws IOException {
    Quarantine quarantine = new Quarantine(disk, Rig.DIR, segments);
    for (Path segment : segments.subList(0, 5)) {
      quarantine.remove(segment);
    }
    assertThat(disk.exists(FileName.damaged(segments.get(0)))).isFalse();
    for (Path segment : segments.subList(1, 5)) {
      assertThat(disk.exists(FileName.damaged(segment))).isTrue();
    }
    quarantine.remove(segments.get(0)); // not there any more
  }

  @Test
  void aNewerFormatIsNoDamage() throws IOException {
    byte[] bytes = disk.bytes(segments.get(1)).clone();
    ByteBuffer header = ByteBuffer.wrap(bytes);
    header.putShort(8, (short) (SegmentHeader.VERSION + 1));
    CRC32C crc = new CRC32C();
    crc.update(bytes, 0, 28);
    header.putInt(28, (int) crc.getValue());
    disk.plant(segments.get(1), bytes);
    assertThatThrownBy(() -> Recovery.open(disk, Rig.DIR, SALVAGE))
        .isInstanceOf(JournalException.class)
        .hasMessageContaining("written by a newer Tocsin");
  }

  /// The definition is in the damaged entry; the next segment of the same process repeats it.
  @Test
  void seriesAreFoundAgainInLaterSegments() throws IOException {
    FaultyDisk other = new FaultyDisk();
    Rig rig = Rig.fresh(other);
    long seq = 0;
    Labels labels = Labels.of("__name__", "a");
    SeriesDefinition definition = new SeriesDefinition(7, Tenant.DEFAULT, labels);
    for (List<SeriesDefinition> own = List.of(definition);
        other.list(Rig.DIR).size() < 3;
        own = List.of()) {
      rig.run(List.of(new Entry(++seq, 1000 + seq, transaction(own, seq))));
    }
    FaultyDisk damaged = with(other, FileName.segment(Rig.DIR, 1), 70, 1);
    List<Object> told = new ArrayList<>();
    Recovery.open(damaged, Rig.DIR, SALVAGE)
        .replay(
            (at, _, input) -> {
              if (at == 2 && input instanceof Input.Transaction it) {
                told.addAll(it.definitions());
              }
            });
    assertThat(told).containsExactly(definition);
  }

  private static Input.Transaction transaction(List<SeriesDefinition> own, long seq) {
    Slab slab = new Slab();
    for (int i = 0; i < 200; i++) {
      slab.add(7, seq * 1000 + i, i);
    }
    return new Input.Transaction(Tenant.DEFAULT, seq, false, own, List.of(slab));
  }

  /// Another process may give the reference to another series.
  @Test
  void anotherProcessDoesNotTellWhatAReferenceMeant() throws IOException {
    FaultyDisk other = new FaultyDisk();
    Rig rig = Rig.fresh(other);
    SeriesDefinition lost = new SeriesDefinition(7, Tenant.DEFAULT, Labels.of("__name__", "a"));
    rig.run(List.of(new Entry(1, 1001, transaction(List.of(lost), 1))));
    rig.run(List.of(new Entry(2, 1002, transaction(List.of(), 2))));
    JournalStart start = Rig.recover(other).report().start();
    Rig next = new Rig(other, SALVAGE, start);
    SeriesDefinition new7 = new SeriesDefinition(7, Tenant.DEFAULT, Labels.of("__name__", "b"));
    next.run(List.of(new Entry(3, 1003, new Input.Restarted())));
    next.run(List.of(new Entry(4, 1004, transaction(List.of(new7), 4))));
    FaultyDisk damaged = with(other, FileName.segment(Rig.DIR, 1), 70, 1);
    List<Object> told = new ArrayList<>();
    Recovery.open(damaged, Rig.DIR, SALVAGE)
        .replay(
            (at, _, input) -> {
              if (input instanceof Input.Transaction it) {
                told.add(at + " " + it.definitions().size());
              }
            });
    assertThat(told).containsExactly("2 0", "4 1");
  }
}

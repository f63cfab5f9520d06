package dev.tocsin.pipeline.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tocsin.pipeline.journal.cursor.CursorPosition;
import dev.tocsin.pipeline.journal.cursor.CursorPosition.Range;
import dev.tocsin.pipeline.journal.cursor.Holds;
import dev.tocsin.pipeline.journal.cursor.PassedEntries;
import dev.tocsin.pipeline.journal.cursor.PositionFile;
import dev.tocsin.pipeline.journal.format.FormatException;
import dev.tocsin.pipeline.journal.segment.FileName;
import dev.tocsin.pipeline.journal.segment.Quarantine;
import dev.tocsin.pipeline.journal.segment.SegmentLedger;
import dev.tocsin.pipeline.ring.Entry;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CursorTest {
  private static final Path POSITION = Path.of("/data/send/one.position");

  private final Entries source = Entries.mixed(new SplittableRandom(5));
  private final FaultyDisk disk = new FaultyDisk();
  private final List<Entry> written = new ArrayList<>();
  private Rig rig;

  @BeforeEach
  void open() throws IOException {
    rig = Rig.fresh(disk);
  }

  private void write(int entries) {
    List<Entry> more = source.next(entries);
    written.addAll(more);
    rig.run(more);
  }

  private List<String> lines(long fromSeq) {
    return Follower.lines(written, source.series()).subList((int) fromSeq - 1, written.size());
  }

  @Test
  void itHandsOverWhatIsWrittenOverManySegments() throws IOException {
    Follower follower = Follower.of(rig, 1);
    for (int i = 0; i < 60; i++) {
      write(5);
      assertThat(follower.read()).isEqualTo(lines(1));
    }
    assertThat(rig.journal.stats().segments()).isGreaterThan(3);
    assertThat(follower.cursor.lost()).isEqualTo(PassedEntries.NONE);
    assertThat(follower.cursor.nextSeq()).isEqualTo(written.size() + 1);
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 57, 150, 200, 201})
  void itBeginsAnywhereAndKnowsWhatReferencesMean(long fromSeq) throws IOException {
    write(200);
    assertThat(Follower.of(rig, fromSeq).read()).isEqualTo(lines(fromSeq));
  }

  @Test
  void whatIsNotForcedIsNotHandedOver() throws IOException {
    Follower follower = Follower.of(rig, 1);
    write(10);
    disk.fail(FaultyDisk.Op.FORCE, "broken");
    List<Entry> more = source.next(3);
    rig.reader.queue.addAll(more);
    rig.journal.stage().step();
    rig.journal.writer().step();
    assertThat(follower.read()).isEqualTo(lines(1));
  }

  @Test
  void itEndsWhereItIsTold() throws IOException {
    write(100);
    Follower follower = Follower.of(rig, 20);
    follower.cursor.endAt(40);
    assertThat(follower.read()).isEqualTo(lines(20).subList(0, 20));
    assertThat(follower.cursor.isAtEnd()).isTrue();
  }

  @Test
  void removedSegmentsAreCounted() throws IOException {
    write(300);
    List<Long> firsts = firstSeqs();
    disk.delete(FileName.segment(Rig.DIR, firsts.get(0)));
    disk.delete(FileName.segment(Rig.DIR, firsts.get(2)));
    Follower follower = Follower.of(rig, 1);
    long gone = firsts.get(1) - 1 + firsts.get(3) - firsts.get(2);
    assertThat(follower.read()).hasSize((int) (300 - gone));
    assertThat(follower.cursor.lost()).isEqualTo(new PassedEntries(gone, 0, 0));
    assertThat(follower.lines).isSubsetOf(lines(1));
  }

  private List<Long> firstSeqs() {
    List<Long> firsts = new ArrayList<>();
    for (long at = rig.journal.segments().after(0);
        at >= 0;
        at = rig.journal.segments().after(at)) {
      firsts.add(at);
    }
    assertThat(firsts).hasSizeGreaterThan(4);
    return firsts;
  }

  @Test
  void everyFlippedByteCostsOnlyTheEntryItIsIn() throws IOException {
    write(20);
    Path file = FileName.segment(Rig.DIR, 1);
    int end = disk.bytes(file).length;
    int harmed = 0;
    for (int at = 32; at < end; at += 5) {
      FaultyDisk copy = disk.copy();
      byte[] bytes = disk.bytes(file).clone();
      bytes[at] ^= 0x10;
      copy.plant(file, bytes);
      SegmentLedger ledger =
          SegmentLedger.of(copy, Rig.DIR, new Quarantine(copy, Rig.DIR, List.of()));
      Follower follower = new Follower(copy, ledger, () -> 20, 1);
      follower.read();
      long lost = follower.cursor.lost().damaged();
      assertThat(follower.lines.size() + lost).as("byte " + at).isEqualTo(20);
      assertThat(lost).as("byte " + at).isLessThanOrEqualTo(1);
      harmed += (int) lost;
      // An entry whose definitions are gone does not take those of others.
      assertThat(follower.lines.stream().map(CursorTest::seq).toList()).doesNotHaveDuplicates();
    }
    assertThat(harmed).isPositive();
  }

  private static String seq(String line) {
    return line.substring(0, line.indexOf(' '));
  }

  @Test
  void afterAJournalThatFailedItGoesOnBehindTheGap() throws IOException {
    Follower follower = Follower.of(rig, 1);
    write(30);
    disk.fail(FaultyDisk.Op.FORCE, "broken");
    write(10);
    disk.heal();
    rig.clock.advanceMs(6000);
    rig.run();
    write(10);
    follower.read();
    assertThat(follower.cursor.nextSeq()).as("before the checkpoint").isLessThanOrEqualTo(41);
    rig.checkpoint(written.size());
    write(20);
    assertThat(rig.fates.calls).anyMatch(call -> call.startsWith("recovered"));
    follower.read();
    assertThat(follower.cursor.nextSeq()).isEqualTo(written.size() + 1);
    assertThat(follower.lines).isSubsetOf(lines(1)).containsAll(lines(51));
    assertThat(follower.lines.size() + follower.cursor.lost().all()).isEqualTo(70);
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6})
  void afterEveryCrashItHasAllThatWasAcknowledged(long seed) throws IOException {
    SplittableRandom random = new SplittableRandom(seed);
    FaultyDisk now = disk;
    JournalStart start = JournalStart.EMPTY;
    long from = 1;
    for (int life = 0; life < 6; life++) {
      source.goOnBehind(start.lastSeq());
      written.subList((int) start.lastSeq(), written.size()).clear();
      Rig here = new Rig(now, Rig.SMALL, start);
      source.series().forEach(here.journal::know);
      Follower follower = Follower.of(here, from);
      for (int i = 0; i < 30; i++) {
        List<Entry> more = source.next(random.nextInt(5));
        written.addAll(more);
        here.reader.queue.addAll(more);
        here.journal.stage().step();
        here.journal.writer().step();
        here.clock.advanceMs(random.nextInt(4));
        if (random.nextInt(3) == 0) {
          follower.read();
        }
      }
      follower.read();
      long next = follower.cursor.nextSeq();
      assertThat(next).isEqualTo(here.journal.durableSeq() + 1);
      assertThat(follower.lines).isEqualTo(lines(1).subList((int) from - 1, (int) next - 1));
      assertThat(follower.cursor.lost()).isEqualTo(PassedEntries.NONE);
      from = next;
      now = now.afterCrash(random);
      start = Rig.recover(now).report().start();
      assertThat(start.lastSeq()).isGreaterThanOrEqualTo(from - 1);
    }
    assertThat(from).isGreaterThan(100);
  }

  @Test
  void segmentsThatAreNeededStayWithoutCountingAsTheJournals() throws IOException {
    SegmentLedger ledger = rig.journal.segments();
    Holds holds = new Holds(ledger, disk, Rig.DIR, new Holds.Limits(100_000, 0), 1);
    holds.need("one", 1);
    write(200);
    rig.checkpoint(150);
    rig.checkpoint(200);
    int all = rig.journal.stats().segments();
    assertThat(ledger.recoveryBytes()).isLessThan(ledger.totalBytes() / 2);
    assertThat(Follower.of(rig, 1).read()).isEqualTo(lines(1));
    holds.need("one", 120);
    holds.release();
    assertThat(rig.journal.stats().segments()).isLessThan(all).isGreaterThan(1);
    assertThat(Follower.of(rig, 120).read()).isEqualTo(lines(120));
    // What recovery needs stays whatever the readers have read.
    holds.need("one", 1000);
    holds.release();
    assertThat(Rig.recover(disk.copy()).report().start().lastSeq()).isEqualTo(200);
  }

  @Test
  void aReaderThatIsTooFarBehindHasToGoOn() throws IOException {
    SegmentLedger ledger = rig.journal.segments();
    Holds holds = new Holds(ledger, disk, Rig.DIR, new Holds.Limits(40_000, 0), 1);
    holds.need("one", 1);
    write(300);
    rig.checkpoint(300);
    rig.checkpoint(301);
    assertThat(ledger.heldBytes(1)).isGreaterThan(40_000);
    long first = holds.firstAllowed(1);
    assertThat(first).isGreaterThan(1);
    assertThat(ledger.heldBytes(first)).isBetween(1L, 40_000L);
    assertThat(holds.firstAllowed(first)).isEqualTo(first);
    Follower follower = Follower.of(rig, 1);
    follower.cursor.skipTo(first);
    assertThat(follower.read()).isEqualTo(lines(first));
    assertThat(follower.cursor.lost()).isEqualTo(new PassedEntries(0, 0, first - 1));
    disk.limitTo(1999);
    Holds full = new Holds(ledger, disk, Rig.DIR, new Holds.Limits(40_000, 2000), 1);
    assertThat(ledger.heldBytes(full.firstAllowed(1))).isZero();
  }

  @Test
  void aPositionHasTheseBytes() throws Exception {
    CursorPosition position =
        new CursorPosition(List.of(new Range(7, 300), new Range(500, Long.MAX_VALUE)));
    new PositionFile(disk, POSITION).write(position);
    assertThat(HexFormat.of().formatHex(disk.bytes(POSITION)))
        .isEqualTo(
            "544f4353494e530a0001000257a93e72"
                + "0000000000000007000000000000012c00000000000001f47fffffffffffffff");
    assertThat(new PositionFile(disk, POSITION).read()).contains(position);
  }

  @Test
  void aDamagedPositionIsRefusedByName() throws IOException {
    PositionFile file = new PositionFile(disk, POSITION);
    file.write(CursorPosition.from(77));
    byte[] good = disk.bytes(POSITION).clone();
    for (int bit = 0; bit < 8 * good.length; bit++) {
      byte[] bad = good.clone();
      bad[bit / 8] ^= (byte) (1 << bit % 8);
      disk.plant(POSITION, bad);
      assertThatThrownBy(file::read)
          .as("bit " + bit)
          .isInstanceOf(FormatException.class)
          .hasMessageStartingWith(POSITION.toString());
    }
    for (int length = 0; length < good.length; length++) {
      disk.plant(POSITION, java.util.Arrays.copyOf(good, length));
      assertThatThrownBy(file::read).isInstanceOf(FormatException.class);
    }
  }
}

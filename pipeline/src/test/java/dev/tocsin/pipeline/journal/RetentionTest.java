package dev.tocsin.pipeline.journal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tocsin.model.input.Input;
import dev.tocsin.model.input.RuleSet;
import dev.tocsin.model.labels.Labels;
import dev.tocsin.pipeline.journal.segment.FileName;
import dev.tocsin.pipeline.ring.Entry;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/// Segments that no checkpoint needs are kept for a time, as far as there is room; those that one
/// needs are never deleted.
class RetentionTest {
  private static final long KEEP_MS = 100_000;
  private static final long BEGIN_MS = 1_000_000;

  private final FaultyDisk disk = new FaultyDisk();
  private final List<Entry> written = new ArrayList<>();
  private long nowMs = BEGIN_MS;
  private long seq;

  /// An entry that fills most of a segment of 16 KiB, 10 s after the one before.
  private Entry next() {
    nowMs += 10_000;
    String text = "x".repeat(12_000);
    RuleSet rules = new RuleSet(List.of(new RuleSet.RuleText("r", text)), Labels.empty(), "", 1, 1);
    Entry entry = new Entry(++seq, nowMs, new Input.Reload(rules));
    written.add(entry);
    return entry;
  }

  private void write(Rig rig, int entries) {
    for (int i = 0; i < entries; i++) {
      rig.run(List.of(next()));
    }
  }

  private void checkpoint(Rig rig, long through) throws IOException {
    rig.journal
        .checkpoints()
        .write(
            through, BEGIN_MS + through * 10_000, out -> out.writeUTF("state through " + through));
  }

  private List<Long> segments() {
    return disk.list(Rig.DIR).stream()
        .mapToLong(file -> FileName.seq(file, FileName.SEGMENT))
        .filter(first -> first >= 0)
        .boxed()
        .toList();
  }

  private Rig rig(JournalConfig config) throws IOException {
    return new Rig(disk, config, JournalStart.EMPTY);
  }

  @Test
  void withoutATimeWhatNoCheckpointNeedsGoesAtOnce() throws IOException {
    Rig rig = rig(Rig.SMALL);
    write(rig, 40);
    checkpoint(rig, 20);
    assertThat(segments()).as("one checkpoint is not enough").startsWith(1L);
    checkpoint(rig, 30);
    assertThat(segments().getFirst()).isBetween(19L, 21L);
  }

  @Test
  void withATimeItGoesWhenAllInItIsOlder() throws IOException {
    Rig rig = rig(Rig.SMALL.withKept(KEEP_MS));
    write(rig, 40);
    checkpoint(rig, 38);
    checkpoint(rig, 39);
    // All in it is older than 100 s at entry 39: entries before 29.
    assertThat(segments().getFirst()).isBetween(27L, 29L);
    write(rig, 5);
    checkpoint(rig, 45);
    assertThat(segments().getFirst()).isBetween(33L, 35L);
  }

  @Test
  void whatACheckpointNeedsStaysHoweverOldItIs() throws IOException {
    Rig rig = rig(Rig.SMALL.withKept(1));
    write(rig, 40);
    checkpoint(rig, 10);
    checkpoint(rig, 39);
    assertThat(segments().getFirst()).isBetween(9L, 11L);
    disk.remove(FileName.checkpoint(Rig.DIR, 39));
    Rig.Found found = Rig.recover(disk.copy());
    assertThat(found.checkpointSeq()).isEqualTo(10);
    assertThat(found.entries()).isEqualTo(Rig.texts(written.subList(10, 40)));
  }

  @Test
  void whatIsKeptTakesHalfOfTheJournalAtMost() throws IOException {
    JournalConfig config = Rig.SMALL.withSizes(1 << 20, 320_000).withKept(Long.MAX_VALUE / 2);
    Rig rig = rig(config);
    for (int i = 1; i <= 20; i++) {
      write(rig, 4);
      checkpoint(rig, seq);
      assertThat(rig.journal.stats().journalBytes()).isLessThanOrEqualTo(160_000);
    }
    assertThat(rig.journal.stats().journalBytes()).isGreaterThan(100_000);
    assertThat(rig.fates.calls.toString()).doesNotContain("failed");
  }

  @Test
  void whatIsKeptGivesWayWhenTheJournalIsFull() throws IOException {
    JournalConfig config = Rig.SMALL.withSizes(1 << 20, 320_000).withKept(Long.MAX_VALUE / 2);
    Rig rig = rig(config);
    write(rig, 8);
    checkpoint(rig, 7);
    checkpoint(rig, 8);
    assertThat(segments()).startsWith(1L);
    while (segments().getFirst() == 1) {
      write(rig, 1);
      assertThat(seq).isLessThan(40);
    }
    assertThat(rig.fates.calls.toString()).doesNotContain("failed");
    assertThat(rig.journal.stats().journalBytes()).isLessThanOrEqualTo(320_000);
  }

  @Test
  void whatIsKeptGivesWayWhenTheDiskIsFull() throws IOException {
    Rig rig = rig(Rig.SMALL.withKept(Long.MAX_VALUE / 2));
    write(rig, 8);
    checkpoint(rig, 7);
    checkpoint(rig, 8);
    long used = 0;
    for (Path file : disk.list(Rig.DIR)) {
      used += disk.size(file);
    }
    disk.limitTo(used + 5_000);
    write(rig, 2);
    assertThat(rig.fates.calls.toString()).contains("failed");
    rig.clock.advanceMs(5001);
    rig.run();
    checkpoint(rig, seq);
    rig.run();
    assertThat(rig.fates.calls.getLast()).isEqualTo("recovered " + seq);
    assertThat(segments().getFirst()).isGreaterThan(1L);
  }

  @Test
  void aRestartKnowsHowOldSegmentsAre() throws IOException {
    Rig rig = rig(Rig.SMALL.withKept(KEEP_MS));
    write(rig, 30);
    rig.journal.writer().stopped();
    Rig next = new Rig(disk, Rig.SMALL.withKept(KEEP_MS), Rig.recover(disk).report().start());
    write(next, 10);
    checkpoint(next, 38);
    checkpoint(next, 39);
    assertThat(segments().getFirst()).isBetween(27L, 29L);
  }
}

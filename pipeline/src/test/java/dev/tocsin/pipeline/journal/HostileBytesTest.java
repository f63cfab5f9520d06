package dev.tocsin.pipeline.journal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tocsin.pipeline.journal.format.EntryAssembler;
import dev.tocsin.pipeline.journal.format.FormatException;
import dev.tocsin.pipeline.journal.format.Frame;
import dev.tocsin.pipeline.journal.format.FrameType;
import dev.tocsin.pipeline.journal.format.FrameView;
import dev.tocsin.pipeline.journal.format.JournalException;
import dev.tocsin.pipeline.journal.format.SegmentHeader;
import dev.tocsin.pipeline.journal.recovery.JournalInspector;
import dev.tocsin.pipeline.journal.segment.FileName;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/// Whatever the bytes: an answer, or the journal's own exception.
class HostileBytesTest {
  private static final List<FrameType> TYPES = List.of(FrameType.values());
  private static final Path FIRST = FileName.segment(Rig.DIR, 1);

  private static void read(FaultyDisk disk, long seed) {
    try {
      new JournalInspector(disk, Rig.DIR).inspect();
      Rig.recover(disk.copy(), Rig.SMALL.withSalvage(true));
      Rig.recover(disk, Rig.SMALL);
    } catch (JournalException _) {
      // the answer for most of them
    } catch (IOException | RuntimeException e) {
      throw new AssertionError("seed " + seed, e);
    }
  }

  @Test
  void randomBytesAsASegment() {
    for (long seed = 0; seed < 100; seed++) {
      SplittableRandom random = new SplittableRandom(seed);
      byte[] bytes = new byte[random.nextInt(3000)];
      random.nextBytes(bytes);
      if (bytes.length > 32 && random.nextBoolean()) {
        new SegmentHeader(1, 5, random.nextBoolean()).encode().get(bytes, 0, 32);
      }
      FaultyDisk disk = new FaultyDisk();
      disk.plant(FIRST, bytes);
      disk.plant(FileName.checkpoint(Rig.DIR, 7), bytes);
      read(disk, seed);
    }
  }

  @Test
  void aJournalWithRandomChanges() throws IOException {
    Rig rig = Rig.fresh(new FaultyDisk());
    rig.run(Entries.mixed(new SplittableRandom(3)).next(60));
    for (long seed = 0; seed < 60; seed++) {
      SplittableRandom random = new SplittableRandom(seed);
      FaultyDisk disk = rig.disk.copy();
      for (int i = random.nextInt(6); i >= 0; i--) {
        Path file = disk.list(Rig.DIR).get(random.nextInt(disk.list(Rig.DIR).size()));
        byte[] bytes = disk.bytes(file).clone();
        int at = random.nextInt(bytes.length);
        int length = Math.min(bytes.length - at, random.nextInt(200));
        System.arraycopy(bytes, random.nextInt(bytes.length - length + 1), bytes, at, length);
        disk.plant(file, bytes);
      }
      read(disk, seed);
    }
  }

  @Test
  void framesWithRightChecksumsAndWrongMeaning() throws IOException {
    int completed = 0;
    for (long seed = 0; seed < 3000; seed++) {
      SplittableRandom random = new SplittableRandom(seed);
      ByteBuffer bytes = ByteBuffer.allocate(8192);
      new SegmentHeader(1, 5, false).encode().get(bytes.array(), 0, 32);
      int at = 32;
      for (int i = random.nextInt(8); i >= 0; i--) {
        FrameType type = TYPES.get(random.nextInt(TYPES.size()));
        byte[] payload = payload(random);
        bytes.put(at + 32, payload);
        int length = 32 + payload.length;
        long seq = 1L + random.nextInt(2);
        new Frame().complete(bytes, at, length, type, random.nextInt(8), 0, seq, 5);
        at += length;
      }
      FaultyDisk disk = new FaultyDisk();
      disk.plant(FIRST, bytes.array());
      if (seed < 100) {
        read(disk, seed);
      }
      completed += assemble(bytes.array(), at, seed);
    }
    assertThat(completed).isGreaterThan(50);
  }

  /// Small numbers, so that lengths and counts are often possible ones.
  private static byte[] payload(SplittableRandom random) {
    byte[] payload = new byte[random.nextInt(4) == 0 ? 24 * random.nextInt(4) : random.nextInt(60)];
    for (int i = 0; i < payload.length; i++) {
      payload[i] = (byte) (random.nextInt(10) == 0 ? random.nextInt(256) : random.nextInt(4));
    }
    return payload;
  }

  private static int assemble(byte[] bytes, int end, long seed) {
    FrameView view = new FrameView(bytes);
    EntryAssembler assembler = new EntryAssembler();
    assembler.handOverRepeated(true);
    int completed = 0;
    int at = 32;
    while (at < end) {
      int length = view.lengthAt(at);
      assertThat(view.look(at, length)).as("seed %s", seed).isTrue();
      try {
        completed += assembler.add(view) == null ? 0 : 1;
      } catch (FormatException _) {
        assembler.reset();
      }
      at += length;
    }
    return completed;
  }
}

package dev.tocsin.sim.disk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tocsin.sim.SimWorld;
import dev.tocsin.sim.turn.SimCrash;
import dev.tocsin.world.disk.Disk.LockedException;
import dev.tocsin.world.disk.DiskFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

class SimDiskTest {
  private static final int SEEDS = 300;
  private static final Path FOLDER = Path.of("/data");
  private static final Path FILE = FOLDER.resolve("f");

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }

  private static SimDisk disk(long seed) throws IOException {
    SimDisk disk = new SimWorld(seed).disk();
    disk.createDirectories(FOLDER);
    return disk;
  }

  private static void write(DiskFile file, String text, long position) throws IOException {
    file.write(ByteBuffer.wrap(bytes(text)), position);
  }

  private static String content(SimDisk disk, Path path) throws IOException {
    return new String(disk.readAll(path, 1 << 20), StandardCharsets.US_ASCII);
  }

  @Test
  void whatIsWrittenIsReadBeforeItIsForced() throws IOException {
    SimDisk disk = disk(1);
    try (DiskFile file = disk.open(FILE)) {
      write(file, "hello", 0);
      write(file, "J", 0);
      ByteBuffer into = ByteBuffer.allocate(10);
      assertThat(file.read(into, 0)).isEqualTo(5);
      assertThat(Arrays.copyOf(into.array(), 5)).isEqualTo(bytes("Jello"));
      assertThat(file.read(ByteBuffer.allocate(1), 5)).isZero();
      file.preallocate(8);
      assertThat(file.size()).isEqualTo(8);
      file.truncate(2);
      file.preallocate(4);
    }
    assertThat(content(disk, FILE)).isEqualTo("Je\0\0");
    assertThat(disk.list(FOLDER)).containsExactly(FILE);
  }

  @Test
  void aCrashKeepsWhatWasForcedWhateverTheSeed() throws IOException {
    for (int seed = 0; seed < SEEDS; seed++) {
      SimDisk disk = disk(seed);
      DiskFile file = disk.open(FILE);
      write(file, "forced", 0);
      file.force();
      disk.forceDirectory(FOLDER);
      write(file, "later", 6);
      disk.crash();
      assertThat(content(disk, FILE)).as("seed %d", seed).startsWith("forced");
    }
  }

  @Test
  void ofWhatWasNotForcedACrashKeepsAnyPart() throws IOException {
    Set<String> seen = new HashSet<>();
    for (int seed = 0; seed < SEEDS; seed++) {
      SimDisk disk = disk(seed);
      DiskFile file = disk.open(FILE);
      disk.forceDirectory(FOLDER);
      write(file, "ab", 0);
      write(file, "c".repeat(512), 512);
      disk.crash();
      byte[] left = disk.readAll(FILE, 1 << 20);
      boolean first = left.length > 1 && left[0] == 'a' && left[1] == 'b';
      boolean torn = left.length > 512 && left.length < 1024;
      boolean second = left.length == 1024 && left[1023] == 'c';
      seen.add((first ? "first " : "") + (torn ? "torn " : "") + (second ? "second" : ""));
    }
    assertThat(seen).contains("", "first ", "first second", "second", "first torn ");
  }

  @Test
  void aNameMayBeLostUnlessItsDirectoryWasForced() throws IOException {
    int lost = 0;
    for (int seed = 0; seed < SEEDS; seed++) {
      SimDisk disk = disk(seed);
      try (DiskFile file = disk.open(FILE)) {
        write(file, "x", 0);
        file.force();
      }
      disk.crash();
      lost += disk.exists(FILE) ? 0 : 1;
    }
    assertThat(lost).isBetween(SEEDS / 4, SEEDS * 3 / 4);
  }

  @Test
  void aReplacedFileHasTheOldContentOrTheNew() throws IOException {
    Set<String> seen = new HashSet<>();
    for (int seed = 0; seed < SEEDS; seed++) {
      SimDisk disk = disk(seed);
      disk.replace(FILE, bytes("old"));
      disk.crashAfter(seed % 6);
      try {
        disk.replace(FILE, bytes("new!"));
        seen.add("done");
      } catch (SimCrash _) {
        seen.add("crashed");
      }
      disk.crash();
      String left = content(disk, FILE);
      assertThat(left).as("seed %d", seed).isIn("old", "new!");
      seen.add(left);
    }
    assertThat(seen).containsExactlyInAnyOrder("done", "crashed", "old", "new!");
  }

  @Test
  void aForcedRenameAndDeletionStay() throws IOException {
    for (int seed = 0; seed < SEEDS; seed++) {
      SimDisk disk = disk(seed);
      disk.plant(FILE, bytes("a"));
      disk.plant(FOLDER.resolve("old"), bytes("b"));
      disk.rename(FILE, FOLDER.resolve("g"));
      disk.delete(FOLDER.resolve("old"));
      disk.forceDirectory(FOLDER);
      disk.crash();
      assertThat(disk.list(FOLDER)).as("seed %d", seed).containsExactly(FOLDER.resolve("g"));
    }
  }

  @Test
  void whatAFailedForceShouldHaveWrittenNeverBecomesDurable() throws IOException {
    for (int seed = 0; seed < SEEDS; seed++) {
      SimDisk disk = disk(seed);
      DiskFile file = disk.open(FILE);
      disk.forceDirectory(FOLDER);
      write(file, "lost", 0);
      disk.fail(DiskOp.FORCE, "f", "input/output error", 1);
      assertThatThrownBy(file::force).hasMessageContaining("input/output error");
      file.force();
      assertThat(content(disk, FILE)).isEqualTo("lost");
      disk.crash();
      assertThat(content(disk, FILE)).as("seed %d", seed).isEmpty();
    }
  }

  @Test
  void aFullDiskTakesNoMoreButOverwrites() throws IOException {
    SimDisk disk = disk(1);
    disk.limitTo(10);
    try (DiskFile file = disk.open(FILE)) {
      write(file, "0123456789", 0);
      write(file, "abc", 0);
      assertThatThrownBy(() -> write(file, "x", 10)).hasMessageContaining("No space left");
      assertThatThrownBy(() -> file.preallocate(11)).hasMessageContaining("No space left");
      assertThat(disk.usableBytes(FOLDER)).isZero();
      assertThat(content(disk, FILE)).isEqualTo("abc3456789");
    }
  }

  @Test
  void failuresHappenAsOftenAsSaidAndWhereSaid() throws IOException {
    SimDisk disk = disk(1);
    disk.plant(FILE, bytes("a"));
    disk.plant(FOLDER.resolve("other"), bytes("b"));
    disk.fail(DiskOp.READ, "/data/f", "bad sector", 2);
    assertThat(content(disk, FOLDER.resolve("other"))).isEqualTo("b");
    assertThatThrownBy(() -> content(disk, FILE)).hasMessage("/data/f: bad sector");
    assertThatThrownBy(() -> content(disk, FILE)).isInstanceOf(IOException.class);
    assertThat(content(disk, FILE)).isEqualTo("a");
    disk.failAtRandom(DiskOp.READ, 1);
    assertThatThrownBy(() -> content(disk, FILE)).hasMessageContaining("input/output error");
    disk.heal();
    assertThat(content(disk, FILE)).isEqualTo("a");
  }

  @Test
  void anOpenFileAndALockAreVoidAfterACrash() throws Exception {
    SimDisk disk = disk(1);
    disk.plant(FILE, bytes("a"));
    DiskFile file = disk.open(FILE);
    disk.lock(FOLDER.resolve("lock"));
    assertThatThrownBy(() -> disk.lock(FOLDER.resolve("../data/lock")))
        .isInstanceOf(LockedException.class);
    disk.crash();
    assertThatThrownBy(file::size).hasMessageContaining("closed");
    disk.lock(FOLDER.resolve("lock")).close();
    disk.lock(FOLDER.resolve("lock")).close();
  }

  @Test
  void killingTheProcessForgetsNothing() throws IOException {
    SimWorld world = new SimWorld(1);
    world.disk().createDirectories(FOLDER);
    write(world.disk().open(FILE), "unforced", 0);
    world.kill();
    assertThat(content(world.disk(), FILE)).isEqualTo("unforced");
  }

  @Test
  void whatIsMissingIsAnError() throws IOException {
    SimDisk disk = disk(1);
    assertThatThrownBy(() -> disk.readAll(FILE, 1)).hasMessageContaining("/data/f: no such file");
    assertThatThrownBy(() -> disk.open(Path.of("/none/f"))).hasMessageContaining("no such file");
    assertThatThrownBy(() -> disk.delete(FILE)).hasMessageContaining("no such file");
    assertThat(disk.list(Path.of("/none"))).isEmpty();
    disk.plant(FILE, bytes("abc"));
    assertThatThrownBy(() -> disk.readAll(FILE, 2)).hasMessageContaining("larger than 2 bytes");
  }
}

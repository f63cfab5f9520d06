package dev.tocsin.world.real.disk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tocsin.world.disk.Disk;
import dev.tocsin.world.disk.DiskFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RealDiskTest {
  private final Disk disk = new RealDisk();

  @TempDir Path folder = Path.of("");

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  @Test
  void whatIsWrittenAtAPositionIsReadThere() throws IOException {
    try (DiskFile file = disk.open(folder.resolve("a"))) {
      file.write(ByteBuffer.wrap(bytes("hello")), 3);
      file.force();
      assertThat(file.size()).isEqualTo(8);
      ByteBuffer into = ByteBuffer.allocate(20);
      assertThat(file.read(into, 4)).isEqualTo(4);
      assertThat(Arrays.copyOf(into.array(), into.position())).isEqualTo(bytes("ello"));
      assertThat(file.read(ByteBuffer.allocate(4), 8)).isZero();
      assertThat(file.read(ByteBuffer.allocate(4), 800)).isZero();
    }
  }

  @Test
  void largeHeapBuffersGoInPiecesAndArriveWhole() throws IOException {
    byte[] content = new byte[(1 << 20) + 17];
    for (int i = 0; i < content.length; i++) {
      content[i] = (byte) (i * 31 + (i >> 10));
    }
    try (DiskFile file = disk.open(folder.resolve("large"))) {
      ByteBuffer from = ByteBuffer.wrap(content);
      file.write(from, 0);
      assertThat(from.hasRemaining()).isFalse();
      ByteBuffer into = ByteBuffer.allocate(content.length + 5);
      assertThat(file.read(into, 0)).isEqualTo(content.length);
      assertThat(into.limit()).isEqualTo(into.capacity());
      assertThat(Arrays.copyOf(into.array(), content.length)).isEqualTo(content);
    }
  }

  @Test
  void preallocationAppendsZerosAndKeepsWhatIsThere() throws IOException {
    try (DiskFile file = disk.open(folder.resolve("segment"))) {
      file.write(ByteBuffer.wrap(bytes("head")), 0);
      file.preallocate((2 << 20) + 5);
      assertThat(file.size()).isEqualTo((2 << 20) + 5);
      file.preallocate(10);
      assertThat(file.size()).isEqualTo((2 << 20) + 5);
      ByteBuffer into = ByteBuffer.allocate(8);
      file.read(into, 0);
      assertThat(into.array()).isEqualTo(new byte[] {'h', 'e', 'a', 'd', 0, 0, 0, 0});
      file.truncate(2);
      assertThat(file.size()).isEqualTo(2);
    }
  }

  @Test
  void replacingLeavesTheNewContentAndNothingBeside() throws IOException {
    Path file = folder.resolve("state.json");
    disk.replace(file, bytes("old content"));
    disk.replace(file, bytes("new"));
    assertThat(disk.readAll(file, 100)).isEqualTo(bytes("new"));
    assertThat(disk.list(folder)).containsExactly(file);
  }

  @Test
  void replacingWhatCannotBeReplacedLeavesNothingBeside() throws IOException {
    Path directory = folder.resolve("state");
    disk.createDirectories(directory.resolve("full"));
    assertThatThrownBy(() -> disk.replace(directory, bytes("x")))
        .isInstanceOf(IOException.class)
        .hasMessageContaining(directory.toString());
    assertThat(disk.list(folder)).containsExactly(directory);
  }

  @Test
  void filesUnderProcAreReadThoughTheirSizeIsZero() throws IOException {
    byte[] stat = disk.readAll(Path.of("/proc/self/smaps"), 1 << 22);
    assertThat(stat.length).isGreaterThan(4096);
    assertThat(
            new String(disk.readAll(Path.of("/proc/self/stat"), 1 << 16), StandardCharsets.UTF_8))
        .startsWith(ProcessHandle.current().pid() + " ");
  }

  @Test
  void readingIsBounded() throws IOException {
    Path file = folder.resolve("f");
    disk.replace(file, new byte[5000]);
    assertThat(disk.readAll(file, 5000)).hasSize(5000);
    assertThatThrownBy(() -> disk.readAll(file, 4999))
        .hasMessage("cannot read " + file + ": it is larger than 4999 bytes");
    assertThatThrownBy(() -> disk.readAll(Path.of("/dev/zero"), 100_000))
        .hasMessageContaining("larger than 100000 bytes");
    disk.replace(file, new byte[0]);
    assertThat(disk.readAll(file, 0)).isEmpty();
  }

  @Test
  void whatIsMissingIsNamedWithTheReason() {
    Path file = folder.resolve("nowhere/f");
    String reason = ": no such file or directory";
    assertThatThrownBy(() -> disk.readAll(file, 10)).hasMessage("cannot read " + file + reason);
    assertThatThrownBy(() -> disk.open(file)).hasMessage("cannot open " + file + reason);
    assertThatThrownBy(() -> disk.delete(file)).hasMessage("cannot delete " + file + reason);
    assertThatThrownBy(() -> disk.size(file)).hasMessageContaining(file + reason);
    assertThatThrownBy(() -> disk.rename(file, folder.resolve("g"))).hasMessageContaining(reason);
    assertThatThrownBy(() -> disk.forceDirectory(file)).hasMessageContaining(reason);
    assertThat(disk.exists(file)).isFalse();
  }

  @Test
  void listingIsSortedAndEmptyWhereThereIsNothing() throws IOException {
    for (String name : new String[] {"c", "a", "b"}) {
      disk.replace(folder.resolve(name), bytes(name));
    }
    assertThat(disk.list(folder))
        .containsExactly(folder.resolve("a"), folder.resolve("b"), folder.resolve("c"));
    assertThat(disk.list(folder.resolve("none"))).isEmpty();
    assertThatThrownBy(() -> disk.list(folder.resolve("a")))
        .hasMessage("cannot list " + folder.resolve("a") + ": it is not a directory");
  }

  @Test
  void renamingReplacesAndDeletingRemoves() throws IOException {
    Path a = folder.resolve("a");
    Path b = folder.resolve("b");
    disk.replace(a, bytes("a"));
    disk.replace(b, bytes("b"));
    disk.rename(a, b);
    assertThat(disk.readAll(b, 10)).isEqualTo(bytes("a"));
    disk.delete(b);
    disk.forceDirectory(folder);
    assertThat(disk.list(folder)).isEmpty();
  }

  @Test
  void freeSpaceIsKnownForWhatDoesNotExistYet() throws IOException {
    assertThat(disk.usableBytes(folder.resolve("x/y/z"))).isPositive();
    assertThat(disk.usableBytes(Path.of("/proc"))).isZero();
  }

  @Test
  void aFullDeviceIsAnErrorThatSaysSo() throws IOException {
    try (DiskFile file = disk.open(Path.of("/dev/full"))) {
      assertThatThrownBy(() -> file.write(ByteBuffer.wrap(bytes("x")), 0))
          .hasMessageContaining("cannot write /dev/full: No space left");
    }
  }

  @Test
  void openingCreatesAndKeepsContent() throws IOException {
    Path file = folder.resolve("f");
    Files.writeString(file, "abc");
    try (DiskFile open = disk.open(file)) {
      assertThat(open.size()).isEqualTo(3);
    }
  }
}

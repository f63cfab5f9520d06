package dev.tocsin.world.real;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tocsin.world.World;
import dev.tocsin.world.host.Host.FileSystemUse;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RealWorldTest {
  @Test
  void theWallClockAgreesWithTheSystemsAndIsFinerThanMilliseconds() {
    try (World world = RealWorld.open()) {
      long before = System.currentTimeMillis();
      long nanos = world.clock().wallNanos();
      long after = System.currentTimeMillis();
      assertThat(nanos / 1_000_000).isBetween(before, after);
      assertThat(IntStream.range(0, 100).mapToLong(_ -> world.clock().wallNanos()))
          .anyMatch(one -> one % 1_000_000 != 0);
    }
  }

  @Test
  void monotonicTimeBeginsNearZeroAndNeverGoesBack() {
    RealClock clock = new RealClock();
    long last = 0;
    for (int i = 0; i < 10_000; i++) {
      long now = clock.monotonicNanos();
      assertThat(now).isGreaterThanOrEqualTo(last);
      last = now;
    }
  }

  @Test
  void chanceDiffersFromRunToRunAndCoversItsRange() {
    RealChance one = new RealChance();
    RealChance two = new RealChance();
    assertThat(one.nextLong()).isNotEqualTo(two.nextLong());
    Set<Integer> seen = new HashSet<>();
    for (int i = 0; i < 1000; i++) {
      seen.add(one.nextInt(8));
    }
    assertThat(seen).containsExactlyInAnyOrder(0, 1, 2, 3, 4, 5, 6, 7);
  }

  @Test
  void theHostsNameIsTheKernels() throws IOException {
    try (World world = RealWorld.open()) {
      assertThat(world.host().name())
          .isEqualTo(Files.readString(Path.of("/proc/sys/kernel/hostname")).strip());
    }
  }

  @Test
  void fileSystemsAreReadByStatvfs(@TempDir Path folder) throws IOException {
    try (World world = RealWorld.open()) {
      FileSystemUse use = world.host().fileSystem(folder);
      FileSystemUse known = RealHost.withoutInodes(folder);
      assertThat(use.sizeBytes()).isEqualTo(known.sizeBytes()).isPositive();
      assertThat(use.freeBytes()).isBetween(use.availableBytes(), use.sizeBytes());
      assertThat(use.files()).isGreaterThan(use.filesFree());
      assertThat(use.readOnly()).isEqualTo(known.readOnly());
    }
  }

  @Test
  void aMountPointThatIsNotThereIsAnErrorWithItsName() {
    try (World world = RealWorld.open()) {
      assertThatThrownBy(() -> world.host().fileSystem(Path.of("/nowhere/at all")))
          .isInstanceOf(IOException.class)
          .hasMessage("cannot read the use of /nowhere/at all: no such file or directory");
    }
  }
}

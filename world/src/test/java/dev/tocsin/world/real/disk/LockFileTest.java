package dev.tocsin.world.real.disk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tocsin.world.disk.Disk;
import dev.tocsin.world.disk.Disk.LockedException;
import java.io.BufferedReader;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class LockFileTest {
  private final Disk disk = new RealDisk();

  @TempDir Path folder = Path.of("");

  private static Process holder(Path file) throws Exception {
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-Xshare:auto",
                "-cp",
                System.getProperty("java.class.path"),
                LockHolder.class.getName(),
                file.toString())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    BufferedReader out = process.inputReader();
    assertThat(out.readLine()).isEqualTo("locked");
    return process;
  }

  @Test
  void theLockNamesItsOwnerAndIsTakenAgainOnceReleased() throws Exception {
    Path file = folder.resolve("lock");
    try (AutoCloseable _ = disk.lock(file)) {
      assertThat(Files.readString(file)).isEqualTo(ProcessHandle.current().pid() + "\n");
      assertThatThrownBy(() -> disk.lock(folder.resolve("./lock")))
          .isInstanceOf(LockedException.class)
          .hasMessageContaining("this process");
    }
    disk.lock(file).close();
  }

  @Test
  void anotherProcessIsNamedAndItsDeathReleasesTheLock() throws Exception {
    Path file = folder.resolve("lock");
    Process process = holder(file);
    try {
      assertThatThrownBy(() -> disk.lock(file))
          .isInstanceOf(LockedException.class)
          .hasMessage(file + " is locked by process " + process.pid());
    } finally {
      process.destroyForcibly();
      process.waitFor();
    }
    disk.lock(file).close();
  }

  @Test
  void aFailedAttemptDoesNotReleaseTheLockOfThisProcess() throws Exception {
    Path file = folder.resolve("lock");
    try (AutoCloseable _ = disk.lock(file)) {
      assertThatThrownBy(() -> disk.lock(file)).isInstanceOf(LockedException.class);
      Process other =
          new ProcessBuilder(
                  Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                  "-cp",
                  System.getProperty("java.class.path"),
                  LockHolder.class.getName(),
                  file.toString())
              .redirectErrorStream(true)
              .start();
      assertThat(other.inputReader().readLine())
          .contains("LockedException")
          .contains("is locked by process " + ProcessHandle.current().pid());
      other.destroyForcibly();
    }
  }

  @Test
  void whereTheFolderIsMissingTheMessageSaysSo() {
    Path file = folder.resolve("none/lock");
    assertThatThrownBy(() -> disk.lock(file))
        .hasMessage("cannot lock " + file + ": no such file or directory");
  }
}

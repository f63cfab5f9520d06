package dev.tocsin.world.real.schedule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.tocsin.world.real.RealWorld;
import dev.tocsin.world.schedule.Scheduler.Running;
import dev.tocsin.world.schedule.Worker;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class OptimizingCompilerTest {
  private static final Path TASKS = Path.of("/proc/self/task");

  @Test
  void itGivesWayOnceAWorkerHasStarted() throws IOException {
    assumeTrue(Files.isDirectory(TASKS), "no /proc here");
    List<Path> compilers = compilers();
    assumeTrue(!compilers.isEmpty(), "this virtual machine has no optimizing compiler");
    Worker idle =
        new Worker() {
          @Override
          public String name() {
            return "idle";
          }

          @Override
          public int step() {
            return 0;
          }
        };
    try (Running _ = RealWorld.open().scheduler().start(idle)) {
      assertThat(compilers)
          .allSatisfy(
              task ->
                  assertThat(BackgroundThreadsTest.niceness(Files.readString(task.resolve("stat"))))
                      .isGreaterThanOrEqualTo(10));
    }
  }

  private static List<Path> compilers() throws IOException {
    try (Stream<Path> tasks = Files.list(TASKS)) {
      return tasks.filter(task -> name(task).startsWith("C2 Compiler")).toList();
    }
  }

  private static String name(Path task) {
    try {
      return Files.readString(task.resolve("comm"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}

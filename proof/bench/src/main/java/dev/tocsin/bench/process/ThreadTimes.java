package dev.tocsin.bench.process;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;

/// Processor time of a process by the names of its threads; those of one name together. Threads
/// that have ended are not in it. Source of the formats: proc(5).
public final class ThreadTimes {
  private ThreadTimes() {}

  /// Throws [UncheckedIOException] where there is no such process.
  public static Map<String, Duration> of(long pid) {
    Map<String, Duration> times = new TreeMap<>();
    try (DirectoryStream<Path> tasks =
        Files.newDirectoryStream(Path.of("/proc", Long.toString(pid), "task"))) {
      for (Path task : tasks) {
        try {
          String stat = Files.readString(task.resolve("stat"), StandardCharsets.ISO_8859_1);
          times.merge(name(stat), ProcessFigures.cpu(stat), Duration::plus);
        } catch (NoSuchFileException e) {
          // It has ended meanwhile.
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return times;
  }

  /// Without the number at its end. The kernel keeps 15 characters of a name.
  private static String name(String stat) {
    String name = stat.substring(stat.indexOf('(') + 1, stat.lastIndexOf(')'));
    return name.replaceAll("[-0-9#]+$", "");
  }

  /// What was used since.
  public static Map<String, Duration> since(
      Map<String, Duration> before, Map<String, Duration> after) {
    Map<String, Duration> used = new TreeMap<>();
    after.forEach(
        (name, time) -> {
          Duration more = time.minus(before.getOrDefault(name, Duration.ZERO));
          used.put(name, more.isNegative() ? Duration.ZERO : more);
        });
    return used;
  }
}

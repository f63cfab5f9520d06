package dev.tocsin.bench.process;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

/// A process as the kernel sees it. Source of the formats: proc(5).
///
/// @param residentKib memory in RAM now, file pages included
/// @param residentAnonymousKib the part of it that no file backs
/// @param residentMaxKib the most there ever was
/// @param cpu user and system time used so far
public record ProcessFigures(
    long residentKib, long residentAnonymousKib, long residentMaxKib, int threads, Duration cpu) {
  /// The kernel counts times of processes in hundredths of a second on every common system.
  private static final long TICK_NANOS = 10_000_000;

  /// Throws [UncheckedIOException] where there is no such process.
  public static ProcessFigures of(long pid) {
    Path folder = Path.of("/proc", Long.toString(pid));
    try {
      String status = Files.readString(folder.resolve("status"), StandardCharsets.ISO_8859_1);
      String stat = Files.readString(folder.resolve("stat"), StandardCharsets.ISO_8859_1);
      return new ProcessFigures(
          figure(status, "VmRSS:"),
          figure(status, "RssAnon:"),
          figure(status, "VmHWM:"),
          (int) figure(status, "Threads:"),
          cpu(stat));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// User and system time of a process or a thread.
  ///
  /// @param stat what the kernel says of it; the command in it may hold blanks
  static Duration cpu(String stat) {
    String[] fields = stat.substring(stat.lastIndexOf(')') + 2).strip().split(" ", -1);
    long ticks = Long.parseLong(fields[11]) + Long.parseLong(fields[12]);
    return Duration.ofNanos(ticks * TICK_NANOS);
  }

  private static long figure(String status, String name) {
    return status
        .lines()
        .filter(line -> line.startsWith(name))
        .map(line -> line.substring(name.length()).strip().split(" ", 2)[0])
        .mapToLong(Long::parseLong)
        .findFirst()
        .orElse(0);
  }

  /// Both together, for a figure of several programs.
  public ProcessFigures plus(ProcessFigures other) {
    return new ProcessFigures(
        residentKib + other.residentKib,
        residentAnonymousKib + other.residentAnonymousKib,
        residentMaxKib + other.residentMaxKib,
        threads + other.threads,
        cpu.plus(other.cpu));
  }
}

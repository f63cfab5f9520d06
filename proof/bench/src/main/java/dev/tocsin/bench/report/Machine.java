package dev.tocsin.bench.report;

import dev.tocsin.bench.process.ProcessRun;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/// What a figure was measured on.
public final class Machine {
  private Machine() {}

  /// One line: processor, cores, memory, kernel.
  public static String describe() {
    String cpu =
        read("/proc/cpuinfo")
            .lines()
            .filter(line -> line.startsWith("model name"))
            .map(line -> line.substring(line.indexOf(':') + 1).strip())
            .findFirst()
            .orElse("unknown processor");
    long memoryMib =
        read("/proc/meminfo")
                .lines()
                .filter(line -> line.startsWith("MemTotal:"))
                .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
                .findFirst()
                .orElse(0)
            / 1024;
    return "%s, %d cores, %d MiB, Linux %s"
        .formatted(
            cpu,
            Runtime.getRuntime().availableProcessors(),
            memoryMib,
            System.getProperty("os.version"));
  }

  /// The load averages now: whether the machine was idle.
  public static String load() {
    return read("/proc/loadavg").strip().replaceAll("^(\\S+ \\S+ \\S+).*", "$1");
  }

  /// The commit of the checkout, marked where files differ from it.
  public static String commit(Path root) {
    String hash = git(root, "rev-parse", "--short=12", "HEAD");
    String changes = git(root, "status", "--porcelain", "--untracked-files=no");
    return hash.isEmpty() ? "unknown" : hash + (changes.isEmpty() ? "" : " with changes");
  }

  private static String git(Path root, String... arguments) {
    try {
      List<String> command = new java.util.ArrayList<>(List.of("git"));
      command.addAll(List.of(arguments));
      ProcessRun run = ProcessRun.start(root, Map.of(), command);
      int status = run.awaitExit(Duration.ofSeconds(20));
      return status == 0 ? String.join("\n", run.out()).strip() : "";
    } catch (java.io.UncheckedIOException e) {
      return ""; // a checkout without git, or a machine
    }
  }

  private static String read(String file) {
    try {
      return Files.readString(Path.of(file), StandardCharsets.UTF_8);
    } catch (IOException e) {
      return "";
    }
  }
}

package dev.tocsin.agent.metrics;

import dev.tocsin.world.disk.Disk;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// This process as the kernel and the JVM see it. Source of the format: proc(5).
final class ProcessMetrics {
  private static final int BYTES_MAX = 16_384;

  /// The kernel counts times of processes in hundredths of a second on every common system.
  private static final double TICKS_PER_SECOND = 100;

  private final Disk disk;
  private final double startedSeconds;

  ProcessMetrics(Disk disk, long startedMs) {
    this.disk = disk;
    this.startedSeconds = startedMs / 1000.0;
  }

  /// Families that cannot be read are left out.
  List<MetricFamily> families() {
    List<MetricFamily> all = new ArrayList<>();
    String[] stat = fields();
    if (stat.length > 12) {
      double ticks = Double.parseDouble(stat[11]) + Double.parseDouble(stat[12]);
      all.add(
          MetricFamily.counter("process_cpu_seconds_total", "Processor time used, in seconds.")
              .add(ticks / TICKS_PER_SECOND));
    }
    status(all);
    all.add(
        MetricFamily.gauge(
                "process_start_time_seconds", "When the process started, in Unix seconds.")
            .add(startedSeconds));
    Runtime runtime = Runtime.getRuntime();
    all.add(
        MetricFamily.gauge("jvm_memory_used_bytes", "Heap in use, in bytes.")
            .add(runtime.totalMemory() - runtime.freeMemory(), "area", "heap"));
    return all;
  }

  /// Memory is taken from here, since `stat` counts it in pages of a size that it does not say.
  private void status(List<MetricFamily> all) {
    for (String line : text("/proc/self/status").split("\n", -1)) {
      String[] words = line.split("\\s+", -1);
      if (words.length < 2) {
        continue;
      }
      switch (words[0]) {
        case "VmRSS:" ->
            all.add(
                MetricFamily.gauge("process_resident_memory_bytes", "Memory in use, in bytes.")
                    .add(Double.parseDouble(words[1]) * 1024));
        case "Threads:" ->
            all.add(
                MetricFamily.gauge("process_threads", "Threads of the operating system.")
                    .add(Double.parseDouble(words[1])));
        default -> {}
      }
    }
  }

  /// The fields of `stat` after the command, which may hold blanks: the first is the state.
  private String[] fields() {
    String text = text("/proc/self/stat");
    int end = text.lastIndexOf(')');
    return end < 0 ? new String[0] : text.substring(end + 1).strip().split(" ", -1);
  }

  /// Empty where it cannot be read.
  private String text(String file) {
    try {
      return new String(disk.readAll(Path.of(file), BYTES_MAX), StandardCharsets.US_ASCII);
    } catch (IOException e) {
      return "";
    }
  }
}

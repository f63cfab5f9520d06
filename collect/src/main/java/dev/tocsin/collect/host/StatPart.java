package dev.tocsin.collect.host;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/// Processors, interrupts, context switches, boot time: /proc/stat. Source: proc_stat(5).
final class StatPart implements Part {
  /// Clock ticks a second; the kernel shows every user the same.
  private static final double USER_HZ = 100;

  /// An idle counter that falls by so many seconds is a processor that was taken out and put back.
  private static final double HOTPLUG_SECONDS = 3;

  private static final int IDLE = 3;
  private static final String[] MODES = {
    "user", "nice", "system", "idle", "iowait", "irq", "softirq", "steal"
  };
  private static final MetricInfo CPU =
      MetricInfo.counter("node_cpu_seconds_total", "Seconds the CPUs spent in each mode.");
  private static final MetricInfo GUEST =
      MetricInfo.counter(
          "node_cpu_guest_seconds_total", "Seconds the CPUs spent in guests (VMs) for each mode.");
  private static final byte[] CPU_PREFIX = "cpu".getBytes(US_ASCII);

  private final HostFiles files;
  private final HostSeries series;
  private final Path file;
  private final KeyCache cache;
  private final ByteText text = new ByteText();

  StatPart(HostFiles files, HostSeries series) {
    this.files = files;
    this.series = series;
    file = files.proc("stat");
    cache = new KeyCache(series);
  }

  @Override
  public List<String> names() {
    return List.of("cpu", "stat");
  }

  @Override
  public void collect(long nowMs) throws IOException {
    text.over(files.read(file));
    cache.begin();
    while (text.line()) {
      if (!text.word()) {
        continue;
      }
      int[] slots = cache.next(text.bytes(), text.from(), text.to());
      if (slots == null) {
        slots = cache.put(text.bytes(), text.from(), text.to(), slotsOf(text.text()));
      }
      if (slots.length == 1) {
        series.set(slots[0], text.nextNumber());
      } else if (slots.length > 1) {
        cpu(slots);
      }
    }
  }

  private int[] slotsOf(String key) {
    if (key.startsWith("cpu") && key.length() > CPU_PREFIX.length) {
      String cpu = key.substring(CPU_PREFIX.length);
      int[] slots = new int[MODES.length + 2];
      for (int i = 0; i < MODES.length; i++) {
        slots[i] = series.slot(CPU, "cpu", cpu, "mode", MODES[i]);
      }
      slots[MODES.length] = series.slot(GUEST, "cpu", cpu, "mode", "user");
      slots[MODES.length + 1] = series.slot(GUEST, "cpu", cpu, "mode", "nice");
      return slots;
    }
    return switch (key) {
      case "intr" -> one("node_intr_total", "Total number of interrupts serviced.");
      case "ctxt" -> one("node_context_switches_total", "Total number of context switches.");
      case "processes" -> one("node_forks_total", "Total number of forks.");
      case "btime" -> gauge("node_boot_time_seconds", "Node boot time, in unixtime.");
      case "procs_running" -> gauge("node_procs_running", "Number of processes in runnable state.");
      case "procs_blocked" ->
          gauge("node_procs_blocked", "Number of processes blocked waiting for I/O to complete.");
      default -> new int[0];
    };
  }

  private int[] one(String name, String help) {
    return new int[] {series.slot(MetricInfo.counter(name, help))};
  }

  private int[] gauge(String name, String help) {
    return new int[] {series.slot(MetricInfo.gauge(name, help))};
  }

  /// The kernel's counters go back a little now and then; ours do not.
  private void cpu(int[] slots) throws IOException {
    boolean anew = false;
    for (int i = 0; i < slots.length && text.word(); i++) {
      double seconds = text.number() / USER_HZ;
      if (i == 0) {
        anew = idleFell(slots[IDLE]);
      }
      series.set(slots[i], anew ? seconds : Math.max(seconds, series.value(slots[i])));
    }
  }

  private boolean idleFell(int idleSlot) throws IOException {
    int from = text.from();
    int to = text.to();
    boolean fell =
        text.skip(IDLE) && series.value(idleSlot) - text.number() / USER_HZ >= HOTPLUG_SECONDS;
    text.wordAt(from, to);
    return fell;
  }
}

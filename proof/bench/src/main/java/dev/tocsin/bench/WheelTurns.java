package dev.tocsin.bench;

import dev.tocsin.bench.peer.ProjectTree;
import dev.tocsin.bench.report.CaseOptions;
import dev.tocsin.bench.report.Machine;
import dev.tocsin.bench.report.Percentiles;
import dev.tocsin.bench.report.Report;
import dev.tocsin.bench.report.Table;
import dev.tocsin.engine.wheel.Expired;
import dev.tocsin.engine.wheel.TimingWheel;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SplittableRandom;

/// How long a turn of the timing wheel takes with many timers: `proof/bench/run timing-wheel`. All
/// timers are armed all the time: one that goes off is armed again, somewhere within the horizon.
public final class WheelTurns {
  private static final Map<String, String> DEFAULTS = new LinkedHashMap<>();

  static {
    DEFAULTS.put("timers", "1000000");
    DEFAULTS.put("ticks", "300000");
    DEFAULTS.put("horizon-seconds", "600");
    DEFAULTS.put("seed", "20261125");
    DEFAULTS.put("keep", "yes");
  }

  private final ThreadMXBean threads = ManagementFactory.getThreadMXBean();
  private final int timers;
  private final int ticks;
  private final long horizonMs;
  private final SplittableRandom random;

  private WheelTurns(CaseOptions given) {
    timers = given.number("timers");
    ticks = given.number("ticks");
    horizonMs = given.number("horizon-seconds") * 1000L;
    random = new SplittableRandom(given.number("seed"));
  }

  public static void main(String[] arguments) throws IOException {
    CaseOptions given = CaseOptions.parse(List.of(arguments), DEFAULTS);
    Report report = new Report("timing-wheel", System.out);
    report.line("# timing-wheel").line("");
    report.line("* commit " + Machine.commit(ProjectTree.root()) + ", options `" + given + "`");
    report.line("* " + Machine.describe());
    report.line("* load before: " + Machine.load());
    Table table =
        Table.of(
            "round",
            "turn by",
            "P50 us",
            "P99 us",
            "longest us",
            "over 1 ms",
            "fired",
            "bytes a timer");
    WheelTurns turns = new WheelTurns(given);
    for (int round = 1; round <= 3; round++) {
      turns.round(round, table);
    }
    report.table(table);
    report.line("");
    report.line(
        "A turn moves the time by one millisecond and arms again what went off. By the clock");
    report.line("it includes what else the machine does meanwhile; by the processor it does not.");
    if (given.text("keep").equals("yes")) {
      System.out.println(
          "Kept in " + report.keep(ProjectTree.root().resolve("proof/bench/results")));
    }
  }

  private void round(int number, Table table) {
    long before = usedBytes();
    TimingWheel wheel = new TimingWheel(timers, 0);
    double bytes = (double) (usedBytes() - before) / timers;
    for (int id = 0; id < timers; id++) {
      wheel.arm(id, deadline(0));
    }
    long[] fired = new long[1];
    Expired again =
        (id, _) -> {
          fired[0]++;
          wheel.arm(id, deadline(wheel.nowMs()));
        };
    long[] clockNanos = new long[ticks];
    long[] cpuNanos = new long[ticks];
    for (int tick = 0; tick < ticks; tick++) {
      long cpu = threads.getCurrentThreadCpuTime();
      long start = System.nanoTime();
      wheel.advance(tick + 1L, again);
      clockNanos[tick] = System.nanoTime() - start;
      cpuNanos[tick] = threads.getCurrentThreadCpuTime() - cpu;
    }
    row(table, number, "clock", clockNanos, fired[0], bytes);
    row(table, number, "processor", cpuNanos, fired[0], bytes);
  }

  private long deadline(long nowMs) {
    return nowMs + 1 + random.nextLong(horizonMs);
  }

  private static long usedBytes() {
    System.gc();
    Runtime runtime = Runtime.getRuntime();
    return runtime.totalMemory() - runtime.freeMemory();
  }

  private static void row(
      Table table, int round, String by, long[] nanos, long fired, double bytes) {
    Percentiles turns = Percentiles.of(nanos);
    long over = Arrays.stream(nanos).filter(each -> each > 1_000_000).count();
    table.row(
        Integer.toString(round),
        by,
        micros(turns.p50()),
        micros(turns.p99()),
        micros(turns.max()),
        Long.toString(over),
        Long.toString(fired),
        String.format(Locale.ROOT, "%.1f", bytes));
  }

  private static String micros(long nanos) {
    return String.format(Locale.ROOT, "%.1f", nanos / 1000.0);
  }
}

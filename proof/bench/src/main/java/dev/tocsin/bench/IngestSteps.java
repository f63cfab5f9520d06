package dev.tocsin.bench;

import com.sun.management.ThreadMXBean;
import dev.tocsin.bench.ingest.IngestPlan;
import dev.tocsin.bench.ingest.StepsRig;
import dev.tocsin.bench.peer.ProjectTree;
import dev.tocsin.bench.process.WorkFolder;
import dev.tocsin.bench.report.CaseOptions;
import dev.tocsin.bench.report.Machine;
import dev.tocsin.bench.report.Percentiles;
import dev.tocsin.bench.report.Report;
import dev.tocsin.bench.report.Table;
import dev.tocsin.store.StoreLimits;
import dev.tocsin.world.real.RealWorld;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Where the time of a sample goes, and what each step allocates: receiver, engine, journal's stage
/// and writer one after the other on one thread, in this process: `proof/bench/run ingest-steps`.
public final class IngestSteps {
  private static final List<String> STEPS =
      List.of("receive: Snappy to ring", "engine and store", "journal: encode", "journal: write");

  private static final Map<String, String> DEFAULTS = new LinkedHashMap<>();

  static {
    DEFAULTS.put("series", "100000");
    DEFAULTS.put("samples-per-request", "2000");
    DEFAULTS.put("warm-up", "60");
    DEFAULTS.put("rounds", "60");
    DEFAULTS.put("keep", "yes");
  }

  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  private IngestSteps() {}

  public static void main(String[] arguments) throws IOException {
    CaseOptions given = CaseOptions.parse(List.of(arguments), DEFAULTS);
    Report report = new Report("ingest-steps", System.out);
    report.line("# ingest-steps").line("");
    report.line("* commit " + Machine.commit(ProjectTree.root()) + ", options `" + given + "`");
    report.line("* " + Machine.describe() + ", JVM " + Runtime.version());
    report.line(
        "* JVM options: `"
            + String.join(" ", ManagementFactory.getRuntimeMXBean().getInputArguments())
            + "`");
    report.line("* load before: " + Machine.load());
    report.line(
        "* The bodies of `ingest-speed`, handled one after the other on one thread: processor time and"
            + " bytes allocated by it, per sample. A round is a sample of every series; median of the"
            + " rounds after the warm-up for time, the mean for bytes (segments and blocks of history"
            + " are made now and then).");
    int warmUp = given.number("warm-up");
    int rounds = given.number("rounds");
    IngestPlan plan =
        new IngestPlan(given.number("series"), given.number("samples-per-request"), 1, 0, 0, 0);
    long[][] nanos = new long[STEPS.size()][rounds];
    long[] bytes = new long[STEPS.size()];
    StoreLimits limits = new StoreLimits(plan.series(), 16 << 20);
    try (WorkFolder folder = WorkFolder.make("steps");
        StepsRig rig = new StepsRig(plan, RealWorld.open(), folder.path(), limits)) {
      for (int round = -warmUp; round < rounds; round++) {
        rig.prepare();
        round(rig, nanos, bytes, round);
      }
      rig.check();
    }
    Table table = Table.of("per sample", "ns", "ns, fastest round", "bytes allocated");
    long all = 0;
    long allLeast = 0;
    for (int step = 0; step < STEPS.size(); step++) {
      double perSample = Percentiles.median(nanos[step]) / (double) plan.series();
      long least = Arrays.stream(nanos[step]).min().orElse(0);
      all += Percentiles.median(nanos[step]);
      allLeast += least;
      table.row(
          STEPS.get(step),
          "%.1f".formatted(perSample),
          "%.1f".formatted(least / (double) plan.series()),
          "%.3f".formatted((double) bytes[step] / rounds / plan.series()));
    }
    table.row(
        "all",
        "%.1f".formatted((double) all / plan.series()),
        "%.1f".formatted((double) allLeast / plan.series()),
        "%.3f".formatted((double) Arrays.stream(bytes).sum() / rounds / plan.series()));
    report.table(table);
    report.line("").line("* load after: " + Machine.load());
    if (given.text("keep").equals("yes")) {
      System.out.println(
          "Kept in " + report.keep(ProjectTree.root().resolve("proof/bench/results")));
    }
  }

  private static void round(StepsRig rig, long[][] nanos, long[] bytes, int round) {
    long[] spent = new long[STEPS.size()];
    for (int i = 0; i < rig.requests(); i++) {
      for (int step = 0; step < spent.length; step++) {
        long bytesBefore = THREADS.getCurrentThreadAllocatedBytes();
        long before = THREADS.getCurrentThreadCpuTime();
        switch (step) {
          case 0 -> rig.receive(i);
          case 1 -> rig.apply();
          case 2 -> rig.stage();
          default -> rig.write();
        }
        spent[step] += THREADS.getCurrentThreadCpuTime() - before;
        if (round >= 0) {
          bytes[step] += THREADS.getCurrentThreadAllocatedBytes() - bytesBefore;
        }
      }
    }
    for (int step = 0; step < spent.length && round >= 0; step++) {
      nanos[step][round] = spent[step];
    }
  }
}

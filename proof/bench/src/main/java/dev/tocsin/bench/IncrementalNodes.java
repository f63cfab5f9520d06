package dev.tocsin.bench;

import dev.tocsin.bench.nodes.StorePartition;
import dev.tocsin.bench.peer.ProjectTree;
import dev.tocsin.bench.report.CaseOptions;
import dev.tocsin.bench.report.Machine;
import dev.tocsin.bench.report.Report;
import dev.tocsin.bench.report.Table;
import dev.tocsin.engine.incremental.ConditionPlan;
import dev.tocsin.engine.incremental.ConditionState;
import dev.tocsin.model.labels.Labels;
import dev.tocsin.promql.ast.Expr;
import dev.tocsin.promql.eval.EvalOptions;
import dev.tocsin.promql.eval.Evaluator;
import dev.tocsin.promql.parse.PromqlParser;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.LongSupplier;

/// What a look at a partition costs, beside the evaluation of the same condition on the same
/// partition: `proof/bench/run incremental-nodes`. Each look finds the condition false.
public final class IncrementalNodes {
  private static final long END_MS = 1_700_000_000_000L;
  private static final int SCRAPE_MS = 15_000;
  private static final Map<String, String> DEFAULTS = new LinkedHashMap<>();

  static {
    DEFAULTS.put("rounds", "9");
    DEFAULTS.put("round-ms", "200");
  }

  /// @param metrics of the selectors
  /// @param series of each metric; a metric `h` has so many buckets
  /// @param samples of each series, the last at the time of the look
  private record Condition(String text, List<String> metrics, int series, int samples) {}

  private static final List<Condition> CONDITIONS =
      List.of(
          new Condition("a > 1e9", List.of("a"), 1, 20),
          new Condition("rate(a[5m]) > 1000", List.of("a"), 1, 21),
          new Condition("rate(a[5m]) > 1", List.of("a"), 1, 21),
          new Condition("rate(a[5m]) < 0.5", List.of("a"), 1, 21),
          new Condition("sum(rate(a[5m])) > 1000", List.of("a"), 5, 21),
          new Condition("sum(rate(a[5m])) / sum(rate(b[5m])) > 1.5", List.of("a", "b"), 5, 21),
          new Condition(
              "histogram_quantile(0.9, sum by (le) (rate(h[5m]))) > 13", List.of("h"), 12, 21),
          new Condition("time() - a > 1.7e9", List.of("a"), 1, 20),
          new Condition("max_over_time(a[1h]) > 1e9", List.of("a"), 1, 300),
          new Condition("increase(a[1d]) > 1e6", List.of("a"), 1, 8000));

  private final CaseOptions given;
  private final com.sun.management.ThreadMXBean threads =
      (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();

  private IncrementalNodes(CaseOptions given) {
    this.given = given;
  }

  public static void main(String[] arguments) throws IOException {
    new IncrementalNodes(CaseOptions.parse(List.of(arguments), DEFAULTS)).run();
  }

  private void run() throws IOException {
    Report report = new Report("incremental-nodes", System.out);
    report.line("# incremental-nodes").line("");
    report.line("* commit " + Machine.commit(ProjectTree.root()) + ", options `" + given + "`");
    report.line("* " + Machine.describe());
    report.line("* load before: " + Machine.load());
    report.line(
        "* JVM "
            + Runtime.version()
            + ", flags `"
            + String.join(" ", ManagementFactory.getRuntimeMXBean().getInputArguments())
            + "`");
    Table table =
        Table.of("condition", "series", "samples", "false for", "look", "evaluation", "times");
    for (Condition condition : CONDITIONS) {
      measure(condition, table);
    }
    report.table(table);
    report.line("* load after: " + Machine.load());
    System.out.println("record: " + report.keep(ProjectTree.root().resolve("proof/bench/results")));
  }

  private void measure(Condition condition, Table table) {
    StorePartition partition = new StorePartition(condition.metrics());
    for (int sample = condition.samples() - 1; sample >= 0; sample--) {
      fill(partition, condition, sample);
    }
    partition.seal();
    Expr expr = PromqlParser.parse(condition.text());
    ConditionPlan plan = ConditionPlan.of(expr, EvalOptions.DEFAULT.lookbackMs());
    if (plan == null) {
      throw new IllegalStateException("no plan: " + condition.text());
    }
    ConditionState state = new ConditionState();
    Evaluator evaluator = new Evaluator(partition, EvalOptions.DEFAULT);
    long untilMs = plan.noUntilMs(state, partition, END_MS);
    Cost look = cost(() -> plan.noUntilMs(state, partition, END_MS));
    Cost evaluation = cost(() -> evaluator.instant(expr, END_MS).value().hashCode());
    table.row(
        "`" + condition.text() + "`",
        String.valueOf(condition.series() * condition.metrics().size()),
        String.valueOf(condition.samples()),
        shown(untilMs),
        look.toString(),
        evaluation.toString(),
        String.format(Locale.ROOT, "%.0f", evaluation.nanos() / look.nanos()));
  }

  private static String shown(long untilMs) {
    if (untilMs == ConditionPlan.MAYBE) {
      return "not proven";
    }
    return untilMs == Long.MAX_VALUE
        ? "ever"
        : String.format(Locale.ROOT, "%.3f s", (untilMs - END_MS) / 1e3);
  }

  private static void fill(StorePartition partition, Condition condition, int before) {
    long timeMs = END_MS - (long) before * SCRAPE_MS;
    int age = condition.samples() - before;
    for (String metric : condition.metrics()) {
      for (int i = 0; i < condition.series(); i++) {
        boolean bucket = metric.equals("h");
        String le = i == condition.series() - 1 ? "+Inf" : String.valueOf(1 << i);
        Labels labels =
            bucket
                ? Labels.of("__name__", metric, "le", le)
                : Labels.of("__name__", metric, "instance", "host-" + i);
        double size = bucket ? Math.min(i + 1, 5) : 10 + i;
        partition.append(labels, timeMs, age * size);
      }
    }
  }

  /// @param nanos of one call
  /// @param bytes it allocates
  private record Cost(double nanos, double bytes) {
    @Override
    public String toString() {
      return String.format(Locale.ROOT, "%.0f ns, %.0f B", nanos, bytes);
    }
  }

  /// The median of the rounds, of the thread's own time.
  private Cost cost(LongSupplier call) {
    int rounds = given.number("rounds");
    double[] nanos = new double[rounds];
    double[] bytes = new double[rounds];
    long sink = 0;
    for (int round = -3; round < rounds; round++) {
      long calls = 0;
      long allocated = threads.getCurrentThreadAllocatedBytes();
      long start = threads.getCurrentThreadCpuTime();
      long end = start + given.number("round-ms") * 1_000_000L;
      long now = start;
      while (now < end) {
        for (int i = 0; i < 100; i++) {
          sink += call.getAsLong();
        }
        calls += 100;
        now = threads.getCurrentThreadCpuTime();
      }
      if (round >= 0) {
        nanos[round] = (double) (now - start) / calls;
        bytes[round] = (double) (threads.getCurrentThreadAllocatedBytes() - allocated) / calls;
      }
    }
    if (sink == 42) {
      System.out.println();
    }
    Arrays.sort(nanos);
    Arrays.sort(bytes);
    return new Cost(nanos[rounds / 2], bytes[rounds / 2]);
  }
}

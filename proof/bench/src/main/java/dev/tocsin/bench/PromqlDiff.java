package dev.tocsin.bench;

import dev.tocsin.bench.differential.DifferentialRun;
import dev.tocsin.bench.peer.PeerProgram;
import dev.tocsin.bench.peer.ProjectTree;
import dev.tocsin.bench.peer.PrometheusPeer;
import dev.tocsin.bench.report.CaseOptions;
import dev.tocsin.bench.report.Machine;
import dev.tocsin.bench.report.Report;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// The same generated queries to Tocsin and to a real Prometheus, answers compared:
/// `proof/bench/run promql-diff`. Exit code 1 where they differ.
public final class PromqlDiff {
  private static final Map<String, String> DEFAULTS = new LinkedHashMap<>();

  static {
    DEFAULTS.put("queries", "5000");
    DEFAULTS.put("seed", "1");
    DEFAULTS.put("prometheus", "");
    DEFAULTS.put("only", "-1");
    DEFAULTS.put("show", "50");
    DEFAULTS.put("show-known", "no");
    DEFAULTS.put("keep", "yes");
    DEFAULTS.put("agent", "yes");
  }

  private PromqlDiff() {}

  public static void main(String[] arguments) throws IOException {
    CaseOptions given = CaseOptions.parse(List.of(arguments), DEFAULTS);
    Path program =
        given.text("prometheus").isEmpty()
            ? PeerProgram.PROMETHEUS.path().orElseThrow()
            : Path.of(given.text("prometheus"));
    long seed = Long.parseLong(given.text("seed"));
    Report report = new Report("promql-diff", System.out);
    report.line("# promql-diff").line("");
    report.line("* commit " + Machine.commit(ProjectTree.root()) + ", seed " + seed);
    report.line("* options `" + given.toString().replace(program.toString(), "PATH") + "`");
    report.line("* " + Machine.describe());
    report.line(
        "* peer: "
            + PeerProgram.version(program)
            + ", flags: `"
            + String.join(" ", PrometheusPeer.flags())
            + " "
            + String.join(" ", PrometheusPeer.EXPERIMENTAL)
            + "`");
    report.line(
        "* Tocsin of this checkout, started by `./tocsin agent` with the shipped JVM options and `"
            + DifferentialRun.AGENT_OPTIONS
            + "`; the experimental functions, which it leaves off, are asked of its evaluator in"
            + " this process.");
    report.line(
        "* Both got the same generated samples by remote write 1.0 (counters, gauges, gaps, stale"
            + " markers, NaN and infinities, classic and native histograms). Values may differ by"
            + " 1e-9 of themselves; all else has to be the same.");
    report.line("");
    long startedNanos = System.nanoTime();
    DifferentialRun run = new DifferentialRun(seed, report::line).showing(given.number("show"));
    if (!given.text("agent").equals("yes")) {
      run = run.withoutAgent();
    }
    if (given.text("show-known").equals("yes")) {
      run = run.showingKnown();
    }
    run.run(program, given.number("queries"), given.number("only"), Instant.now().toEpochMilli());
    report.line("* " + run.summary());
    report.line("* took " + (System.nanoTime() - startedNanos) / 1_000_000_000 + " s");
    report.table(run.knownDifferences());
    report.table(run.coverage());
    if (given.text("keep").equals("yes")) {
      System.out.println(
          "Kept in " + report.keep(ProjectTree.root().resolve("proof/bench/results")));
    }
    if (run.different() > 0) {
      System.exit(1);
    }
  }
}

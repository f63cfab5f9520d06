package dev.tocsin.bench;

import dev.tocsin.bench.fuzz.Finding;
import dev.tocsin.bench.fuzz.FuzzCase;
import dev.tocsin.bench.fuzz.FuzzCases;
import dev.tocsin.bench.fuzz.FuzzLimits;
import dev.tocsin.bench.fuzz.FuzzTally;
import dev.tocsin.bench.fuzz.Fuzzer;
import dev.tocsin.bench.fuzz.check.OwnLanguage;
import dev.tocsin.bench.fuzz.query.Corpus;
import dev.tocsin.bench.peer.ProjectTree;
import dev.tocsin.bench.report.CaseOptions;
import dev.tocsin.bench.report.Machine;
import dev.tocsin.bench.report.Report;
import dev.tocsin.bench.report.Table;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/// Random queries over random series, parsed, printed and evaluated with the agent's JVM options:
/// `proof/bench/run fuzz-promql`. Exits with 1 where a rule does not hold.
public final class FuzzPromql {
  private static final Map<String, String> DEFAULTS = new LinkedHashMap<>();

  static {
    DEFAULTS.put("minutes", "2");
    DEFAULTS.put("seed", "20261124");
    DEFAULTS.put("case", "");
    DEFAULTS.put("histograms", "yes");
    DEFAULTS.put("keep", "yes");
  }

  private FuzzPromql() {}

  public static void main(String[] arguments) throws IOException, InterruptedException {
    CaseOptions given = CaseOptions.parse(List.of(arguments), DEFAULTS);
    List<String> corpus = Corpus.read(conformance());
    String commit = Machine.commit(ProjectTree.root());
    Report report = new Report("fuzz-promql", System.out);
    report.line("# fuzz-promql").line("");
    report.line("* commit " + commit + ", options `" + given + "`");
    report.line("* " + Machine.describe());
    report.line("* load before: " + Machine.load());
    report.line("* JVM options: `" + jvmOptions() + "`");
    report.line("* " + corpus.size() + " queries to damage besides the ones that are grown");
    boolean one = !given.text("case").isEmpty();
    long first = one ? Long.parseLong(given.text("case")) : 0;
    FuzzCases cases =
        new FuzzCases(
            Long.parseLong(given.text("seed")), corpus, given.text("histograms").equals("yes"));
    if (one) {
      FuzzCase shown = cases.get(first, () -> false);
      report.line("* case " + first + ", " + shown.setting() + ": `" + shown.text() + "`");
    }
    long startNanos = System.nanoTime();
    FuzzTally tally =
        new Fuzzer(new OwnLanguage(), cases, FuzzLimits.DEFAULT)
            .run(
                first,
                one ? first + 1 : Long.MAX_VALUE,
                Duration.ofMinutes(given.number("minutes")));
    Duration took = Duration.ofNanos(System.nanoTime() - startNanos);
    result(report, tally, took);
    if (given.text("keep").equals("yes") && !one) {
      Path results = ProjectTree.root().resolve("proof/bench/results");
      System.out.println("Kept in " + report.keep(results));
    }
    System.exit(tally.findings().isEmpty() ? 0 : 1);
  }

  private static void result(Report report, FuzzTally tally, Duration took) {
    Table table = Table.of("texts", "executions", "queries", "with a result");
    for (FuzzCase.Kind kind : FuzzCase.Kind.values()) {
      row(table, kind.title(), tally.counts(kind));
    }
    row(table, "all", tally.total());
    report.table(table);
    report.line(
        String.format(
            Locale.ROOT,
            "%d executions in %d s, %d findings; the slowest case, %d, took %d ms.",
            tally.total().cases(),
            took.toSeconds(),
            tally.findings().size(),
            tally.slowest(),
            tally.slowestNanos() / 1_000_000));
    for (Finding finding : tally.findings()) {
      report.line("").line("```").line(finding.toString()).line("```");
    }
  }

  private static void row(Table table, String title, FuzzTally.Counts counts) {
    table.row(
        title,
        Long.toString(counts.cases()),
        Long.toString(counts.understood()),
        Long.toString(counts.answered()));
  }

  /// Those of the machine's folders left out.
  private static String jvmOptions() {
    return String.join(
        " ",
        ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
            .filter(option -> !option.startsWith("-Dtocsin."))
            .toList());
  }

  private static Path conformance() {
    String given = System.getenv("TOCSIN_CONFORMANCE");
    return given == null ? ProjectTree.root().resolve("../shared/conformance") : Path.of(given);
  }
}

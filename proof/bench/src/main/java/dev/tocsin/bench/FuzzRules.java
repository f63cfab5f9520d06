package dev.tocsin.bench;

import dev.tocsin.bench.contract.Coverage;
import dev.tocsin.bench.contract.EngineSubject;
import dev.tocsin.bench.contract.Finding;
import dev.tocsin.bench.contract.Mode;
import dev.tocsin.bench.contract.RuleFuzzer;
import dev.tocsin.bench.contract.generate.Cases;
import dev.tocsin.bench.contract.reference.Faults;
import dev.tocsin.bench.peer.ProjectTree;
import dev.tocsin.bench.report.CaseOptions;
import dev.tocsin.bench.report.Machine;
import dev.tocsin.bench.report.Report;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/// Random rule files, data, reloads and restarts through the engine and through a simulation of
/// Prometheus's rule manager: `proof/bench/run fuzz-rules`. Exits with 1 where the contract does
/// not hold.
public final class FuzzRules {
  private static final Map<String, String> DEFAULTS = new LinkedHashMap<>();
  private static final long PROGRESS_NANOS = Duration.ofSeconds(30).toNanos();

  static {
    DEFAULTS.put("cases", "");
    DEFAULTS.put("minutes", "2");
    DEFAULTS.put("seed", "20261125");
    DEFAULTS.put("case", "");
    DEFAULTS.put("mode", "strict");
    DEFAULTS.put("keep", "yes");
  }

  private final RuleFuzzer fuzzer;
  private final long startNanos = System.nanoTime();
  private final long limitNanos;
  private long shownNanos = startNanos;

  private FuzzRules(RuleFuzzer fuzzer, long limitNanos) {
    this.fuzzer = fuzzer;
    this.limitNanos = limitNanos;
  }

  public static void main(String[] arguments) throws IOException, InterruptedException {
    CaseOptions given = CaseOptions.parse(List.of(arguments), DEFAULTS);
    Mode mode = Mode.valueOf(given.text("mode").toUpperCase(Locale.ROOT));
    Report report = new Report("fuzz-rules", System.out);
    report.line("# fuzz-rules").line("");
    report.line("* commit " + Machine.commit(ProjectTree.root()) + ", options `" + given + "`");
    report.line("* " + Machine.describe());
    report.line("* load before: " + Machine.load());
    boolean one = !given.text("case").isEmpty();
    boolean counted = !given.text("cases").isEmpty();
    long first = one ? Long.parseLong(given.text("case")) : 0;
    long end = one ? first + 1 : counted ? Long.parseLong(given.text("cases")) : Long.MAX_VALUE;
    long limit = counted ? Long.MAX_VALUE : Duration.ofMinutes(given.number("minutes")).toNanos();
    RuleFuzzer fuzzer = new RuleFuzzer(mode, EngineSubject::of, Faults.NONE);
    FuzzRules run = new FuzzRules(fuzzer, limit);
    fuzzer.run(new Cases(Long.parseLong(given.text("seed"))), first, end, run::mayGoOn);
    run.result(report);
    if (given.text("keep").equals("yes") && !one) {
      Path results = ProjectTree.root().resolve("proof/bench/results");
      System.out.println("Kept in " + report.keep(results));
    }
    System.exit(fuzzer.findings().isEmpty() ? 0 : 1);
  }

  private boolean mayGoOn() {
    long now = System.nanoTime();
    if (now - shownNanos > PROGRESS_NANOS) {
      shownNanos = now;
      System.out.println(progress());
    }
    return now - startNanos < limitNanos;
  }

  private String progress() {
    return String.format(
        Locale.ROOT,
        "%d cases in %d s, %d findings",
        fuzzer.coverage().cases(),
        Duration.ofNanos(System.nanoTime() - startNanos).toSeconds(),
        fuzzer.findings().size());
  }

  private void result(Report report) {
    Coverage coverage = fuzzer.coverage();
    report.line("").line(progress() + ".").line("");
    report.table(coverage.happenedTable());
    report.line("Used by so many cases:").line("");
    coverage.featureLines().forEach(report::line);
    report.line("* not used: " + coverage.unused());
    for (Finding finding : fuzzer.findings()) {
      report.line("").line("```").line(finding.toString()).line("```");
    }
  }
}

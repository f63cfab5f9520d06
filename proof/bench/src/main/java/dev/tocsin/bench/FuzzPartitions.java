package dev.tocsin.bench;

import dev.tocsin.bench.partition.PartitionCase;
import dev.tocsin.bench.partition.PartitionCase.Kind;
import dev.tocsin.bench.partition.PartitionCase.Outcome;
import dev.tocsin.bench.peer.ProjectTree;
import dev.tocsin.bench.report.CaseOptions;
import dev.tocsin.bench.report.Machine;
import dev.tocsin.bench.report.Report;
import dev.tocsin.bench.report.Table;
import java.io.IOException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/// Tries partition keys on random queries and series: `proof/bench/run fuzz-partitions`. Exits with
/// 1 where one does not hold.
public final class FuzzPartitions {
  /// What is shown of the findings.
  private static final int FINDINGS_MAX = 20;

  private static final Map<String, String> DEFAULTS = new LinkedHashMap<>();

  static {
    DEFAULTS.put("cases", "200000");
    DEFAULTS.put("seed", "20261125");
    DEFAULTS.put("case", "");
    DEFAULTS.put("keep", "yes");
  }

  private FuzzPartitions() {}

  public static void main(String[] arguments) throws IOException, InterruptedException {
    CaseOptions given = CaseOptions.parse(List.of(arguments), DEFAULTS);
    Report report = new Report("fuzz-partitions", System.out);
    report.line("# fuzz-partitions").line("");
    report.line("* commit " + Machine.commit(ProjectTree.root()) + ", options `" + given + "`");
    report.line("* " + Machine.describe());
    report.line("* load before: " + Machine.load());
    long seed = Long.parseLong(given.text("seed"));
    boolean one = !given.text("case").isEmpty();
    long first = one ? Long.parseLong(given.text("case")) : 0;
    long wanted = one ? 1 : given.number("cases");
    long startNanos = System.nanoTime();
    EnumMap<Kind, Long> counts = new EnumMap<>(Kind.class);
    List<String> findings = new ArrayList<>();
    long cases = 0;
    for (long number = first; cases < wanted; number++) {
      Optional<PartitionCase> made = PartitionCase.of(seed, number);
      if (made.isPresent()) {
        cases++;
        Outcome outcome = made.get().run();
        counts.merge(outcome.kind(), 1L, Long::sum);
        if (outcome.difference() != null && findings.size() < FINDINGS_MAX) {
          findings.add("case " + number + ": " + made.get().text() + "\n" + outcome.difference());
        }
      }
    }
    long seconds = (System.nanoTime() - startNanos) / 1_000_000_000;
    Table table = Table.of("queries", "cases");
    for (Kind kind : Kind.values()) {
      table.row(title(kind), Long.toString(counts.getOrDefault(kind, 0L)));
    }
    report.table(table);
    report.line(
        String.format(
            Locale.ROOT, "%d cases in %d s, %d findings.", cases, seconds, findings.size()));
    findings.forEach(finding -> report.line("").line("```").line(finding).line("```"));
    if (given.text("keep").equals("yes") && !one) {
      System.out.println(
          "Kept in " + report.keep(ProjectTree.root().resolve("proof/bench/results")));
    }
    System.exit(findings.isEmpty() ? 0 : 1);
  }

  private static String title(Kind kind) {
    return switch (kind) {
      case WHOLE -> "with the empty key";
      case FAILED -> "with a key, failing over all series";
      case EMPTY -> "with a key, without a result";
      case DIVIDED -> "with a key and a result, divided";
    };
  }
}

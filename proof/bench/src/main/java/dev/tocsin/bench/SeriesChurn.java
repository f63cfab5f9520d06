package dev.tocsin.bench;

import dev.tocsin.bench.memory.ChurnRig;
import dev.tocsin.bench.peer.ProjectTree;
import dev.tocsin.bench.report.CaseOptions;
import dev.tocsin.bench.report.Machine;
import dev.tocsin.bench.report.Report;
import dev.tocsin.bench.report.Table;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/// Series that come and go: `proof/bench/run series-churn`. Intake, ring, engine and the journal's
/// encoder, in virtual time and with the heap of the agent: each series gets samples for some
/// minutes and never again; a few stay for good. Fails where a series is refused, or a new one is
/// not new; runs out of memory where something is kept of those that are gone.
public final class SeriesChurn {
  private static final Map<String, String> DEFAULTS = new LinkedHashMap<>();

  static {
    DEFAULTS.put("series", "10000000");
    DEFAULTS.put("live", "12000");
    DEFAULTS.put("stay-one-in", "5000");
    DEFAULTS.put("keep", "yes");
  }

  private SeriesChurn() {}

  public static void main(String[] arguments) throws IOException {
    CaseOptions given = CaseOptions.parse(List.of(arguments), DEFAULTS);
    Report report = new Report("series-churn", System.out);
    report.line("# series-churn").line("");
    report.line("* commit " + Machine.commit(ProjectTree.root()) + ", options `" + given + "`");
    report.line("* " + Machine.describe());
    report.line("* heap " + (Runtime.getRuntime().maxMemory() >> 20) + " MiB");
    Table table = Table.of("series so far", "there", "live heap", "names", "seconds");
    ChurnRig rig = new ChurnRig(given.number("live"), given.number("stay-one-in"));
    int all = given.number("series");
    long began = System.nanoTime();
    for (int part = 1; part <= 10; part++) {
      rig.runUntil((int) ((long) all * part / 10));
      table.row(
          String.valueOf(rig.made()),
          String.valueOf(rig.there()),
          String.format(Locale.ROOT, "%.1f MiB", rig.liveHeapBytes() / 1048576.0),
          String.format(Locale.ROOT, "%.1f MiB", rig.namesBytes() / 1048576.0),
          String.format(Locale.ROOT, "%.1f", (System.nanoTime() - began) / 1e9));
    }
    report.table(table);
    if (given.text("keep").equals("yes")) {
      System.out.println(
          "Kept in " + report.keep(ProjectTree.root().resolve("proof/bench/results")));
    }
  }
}

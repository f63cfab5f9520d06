package dev.tocsin.bench;

import dev.tocsin.bench.memory.ReadingRules;
import dev.tocsin.bench.memory.SeriesCost;
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

/// Memory of a series by part, and the pauses of full collections: `proof/bench/run series-memory`.
public final class SeriesMemory {
  private static final Map<String, String> DEFAULTS = new LinkedHashMap<>();

  static {
    DEFAULTS.put("series", "100000,1000000");
    DEFAULTS.put("rounds", "21");
    DEFAULTS.put("rules", "none,instant,rate");
    DEFAULTS.put("keep", "yes");
  }

  private SeriesMemory() {}

  public static void main(String[] arguments) throws IOException {
    CaseOptions given = CaseOptions.parse(List.of(arguments), DEFAULTS);
    Report report = new Report("series-memory", System.out);
    report.line("# series-memory").line("");
    report.line("* commit " + Machine.commit(ProjectTree.root()) + ", options `" + given + "`");
    report.line("* " + Machine.describe() + ", JVM " + Runtime.version());
    report.line("* load before: " + Machine.load());
    report.line(
        "* Bytes of heap after a full collection, per series of ten labels; through intake, ring,"
            + " engine and store on one thread, and the journal's encoder, whose frames are thrown"
            + " away. A sample of every series each 15 s of made-up time, "
            + given.text("rounds")
            + " times. Read by: alert rules of which one reads each series; partitions, nodes and"
            + " timers are counted with the engine. Not in it: buffers of the network, what does not"
            + " grow with series.");
    report.line("* By part: what a full collection gains when the part is let go, in this order.");
    Table bytes =
        Table.of(
            "series",
            "own path",
            "read by",
            "on the wire",
            "one sample each",
            given.text("rounds") + " samples each",
            "of it history",
            "journal",
            "intake",
            "engine and store",
            "names");
    Table pauses =
        Table.of("series", "own path", "read by", "heap", "full collection", "longest of 5");
    for (String count : given.text("series").split(",")) {
      for (String rules : given.text("rules").split(",")) {
        ReadingRules reading = ReadingRules.of(rules);
        for (boolean unique : new boolean[] {false, true}) {
          int rounds = given.number("rounds");
          SeriesCost cost = SeriesCost.measure(Integer.parseInt(count), unique, rounds, reading);
          add(cost, reading, bytes, pauses);
        }
      }
    }
    report.table(bytes);
    report.table(pauses);
    report.line("").line("* load after: " + Machine.load());
    if (given.text("keep").equals("yes")) {
      System.out.println(
          "Kept in " + report.keep(ProjectTree.root().resolve("proof/bench/results")));
    }
  }

  private static void add(SeriesCost cost, ReadingRules rules, Table bytes, Table pauses) {
    String series = Integer.toString(cost.series());
    String unique = cost.unique() ? "yes" : "no";
    bytes.row(
        series,
        unique,
        rules.told(),
        cost.wireBytes() + " B",
        cost.perSeries(cost.firstBytes()),
        cost.perSeries(cost.allBytes()),
        cost.perSeries(cost.historyBytes()),
        cost.perSeries(cost.journalBytes()),
        cost.perSeries(cost.intakeBytes()),
        cost.perSeries(cost.engineBytes()),
        cost.perSeries(cost.namesBytes()));
    pauses.row(
        series,
        unique,
        rules.told(),
        String.format(Locale.ROOT, "%.1f MiB", cost.full().liveBytes() / 1048576.0),
        String.format(Locale.ROOT, "%.1f ms", cost.full().medianNanos() / 1e6),
        String.format(Locale.ROOT, "%.1f ms", cost.full().longestNanos() / 1e6));
  }
}

package dev.tocsin.bench;

import dev.tocsin.bench.peer.ProjectTree;
import dev.tocsin.bench.process.ProcessRun;
import dev.tocsin.bench.report.CaseOptions;
import dev.tocsin.bench.report.Machine;
import dev.tocsin.bench.report.Percentiles;
import dev.tocsin.bench.report.Report;
import dev.tocsin.bench.report.Table;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/// The original system's own case, four producers, 65,536 places, batches of 256 to the disk:
/// `proof/bench/run pipeline`. Beside it the same with a `LinkedBlockingQueue` and a pool.
public final class PipelineCase {
  /// Ten times what the original states.
  private static final String PER_SECOND = "1286000";

  private static final Pattern FIGURES = Pattern.compile("figures (.*)");
  private static final Map<String, String> DEFAULTS = new LinkedHashMap<>();

  static {
    DEFAULTS.put("per-second", PER_SECOND);
    DEFAULTS.put("warm-up", "5");
    DEFAULTS.put("seconds", "10");
    DEFAULTS.put("flat-out", "5");
    DEFAULTS.put("rounds", "3");
    DEFAULTS.put("java-options", "");
    DEFAULTS.put("keep", "yes");
  }

  private PipelineCase() {}

  public static void main(String[] arguments) throws IOException {
    CaseOptions given = CaseOptions.parse(List.of(arguments), DEFAULTS);
    Report report = new Report("pipeline", System.out);
    report.line("# pipeline").line("");
    report.line("* commit " + Machine.commit(ProjectTree.root()) + ", options `" + given + "`");
    report.line("* " + Machine.describe() + ", JVM " + Runtime.version());
    report.line(
        "* each side in a process of its own with the agent's shipped options: `"
            + String.join(" ", ProjectTree.agentFlags())
            + "`"
            + (given.text("java-options").isEmpty()
                ? ""
                : ", and after them `" + given.text("java-options") + "`"));
    report.line(
        ("* 4 producers hand over batches of 256 events (series, time, value), open loop, %,d events a"
                + " second: a batch is due at its time whatever became of those before, and its latency"
                + " is from then until the write to its file returned. %d s before %d s that count;"
                + " then as fast as it is taken for %d s. Ring: the agent's intake, ring (65,536"
                + " samples) and journal (frames of up to 256, CRC32C, group commit every 2 ms).")
            .formatted(
                given.number("per-second"),
                given.number("warm-up"),
                given.number("seconds"),
                given.number("flat-out")));
    report.line(
        "* Queue: an object an event through a `LinkedBlockingQueue` of 65,536, four threads that take"
            + " up to 256 of them, make the same 24 bytes of each with a CRC32C, and append to one file;"
            + " it forces nothing.");
    Map<String, List<Map<String, Long>>> results = new LinkedHashMap<>();
    for (int round = 1; round <= given.number("rounds"); round++) {
      for (String side : List.of("ring", "queue")) {
        String load = Machine.load();
        Map<String, Long> figures = run(side, given);
        results.computeIfAbsent(side, _ -> new ArrayList<>()).add(figures);
        report.line("* round " + round + ", " + side + ": " + figures + "; load before: " + load);
      }
    }
    summarise(report, results);
    if (given.text("keep").equals("yes")) {
      System.out.println(
          "Kept in " + report.keep(ProjectTree.root().resolve("proof/bench/results")));
    }
  }

  private static Map<String, Long> run(String side, CaseOptions given) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("@" + ProjectTree.agentOptions());
    for (String option : given.text("java-options").split(" ", -1)) {
      if (!option.isEmpty()) {
        command.add(option);
      }
    }
    command.addAll(List.of("-cp", System.getProperty("java.class.path")));
    command.add("dev.tocsin.bench.pipeline.SideProgram");
    command.add(side);
    for (String option : List.of("per-second", "warm-up", "seconds", "flat-out")) {
      command.add(given.text(option));
    }
    Map<String, String> environment = Map.of("MALLOC_ARENA_MAX", "1");
    try (ProcessRun run = ProcessRun.start(Path.of("."), environment, command)) {
      String line = run.awaitLine(FIGURES, Duration.ofMinutes(5)).group(1);
      Map<String, Long> figures = new HashMap<>();
      for (String pair : line.split(" ", -1)) {
        int equals = pair.indexOf('=');
        figures.put(pair.substring(0, equals), Long.valueOf(pair.substring(equals + 1)));
      }
      return figures;
    }
  }

  private static void summarise(Report report, Map<String, List<Map<String, Long>>> results) {
    Table table =
        Table.of(
            "median of the rounds",
            "to written P50",
            "P99",
            "max",
            "durable P99",
            "events/s flat out",
            "RSS max, open loop",
            "RSS max");
    results.forEach(
        (side, rounds) ->
            table.row(
                side,
                ms(median(rounds, "written-p50")),
                ms(median(rounds, "written-p99")),
                ms(median(rounds, "written-max")),
                ms(median(rounds, "durable-p99")),
                "%,d".formatted(median(rounds, "per-second")),
                median(rounds, "open-kib") / 1024 + " MiB",
                median(rounds, "max-kib") / 1024 + " MiB"));
    report.table(table);
  }

  private static long median(List<Map<String, Long>> rounds, String figure) {
    return Percentiles.median(
        rounds.stream().mapToLong(r -> r.getOrDefault(figure, -1L)).toArray());
  }

  private static String ms(long nanos) {
    if (nanos == Percentiles.NEVER) {
      return "infinite";
    }
    return nanos < 0 ? "never" : "%.2f ms".formatted(nanos / 1e6);
  }
}

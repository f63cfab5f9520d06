package dev.tocsin.bench;

import dev.tocsin.bench.ingest.IngestPlan;
import dev.tocsin.bench.ingest.IngestResult;
import dev.tocsin.bench.ingest.IngestRound;
import dev.tocsin.bench.ingest.IngestSubject;
import dev.tocsin.bench.ingest.PrometheusIngest;
import dev.tocsin.bench.ingest.TocsinIngest;
import dev.tocsin.bench.ingest.VictoriaIngest;
import dev.tocsin.bench.ingest.VmagentIngest;
import dev.tocsin.bench.peer.PeerProgram;
import dev.tocsin.bench.peer.ProjectTree;
import dev.tocsin.bench.report.CaseOptions;
import dev.tocsin.bench.report.Machine;
import dev.tocsin.bench.report.Percentiles;
import dev.tocsin.bench.report.Report;
import dev.tocsin.bench.report.Table;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.ToDoubleFunction;

/// Samples a second and processor time of a million of them, for remote write 1.0, beside
/// Prometheus, VictoriaMetrics and vmagent: `proof/bench/run ingest-speed`.
public final class IngestSpeed {
  /// Threads that use less, seconds of a million samples, are not listed.
  private static final double LEAST_CPU = 0.0005;

  private static final Map<String, String> DEFAULTS = new LinkedHashMap<>();

  static {
    DEFAULTS.put("series", "100000");
    DEFAULTS.put("samples-per-request", "2000");
    DEFAULTS.put("connections", "4");
    DEFAULTS.put("warm-up", "15");
    DEFAULTS.put("seconds", "20");
    DEFAULTS.put("per-second", "0");
    DEFAULTS.put("rounds", "3");
    DEFAULTS.put("java-options", "");
    DEFAULTS.put("only", "");
    DEFAULTS.put("keep", "yes");
  }

  private IngestSpeed() {}

  public static void main(String[] arguments) throws IOException {
    CaseOptions given = CaseOptions.parse(List.of(arguments), DEFAULTS);
    IngestPlan plan =
        new IngestPlan(
            given.number("series"),
            given.number("samples-per-request"),
            given.number("connections"),
            given.number("warm-up"),
            given.number("seconds"),
            given.number("per-second"));
    List<IngestSubject> subjects = subjects(given);
    Report report = new Report("ingest-speed", System.out);
    introduce(report, given, plan, subjects);

    Map<String, List<IngestResult>> results = new LinkedHashMap<>();
    for (int round = 1; round <= given.number("rounds"); round++) {
      for (IngestSubject subject : subjects) {
        String load = Machine.load();
        IngestResult result = IngestRound.run(subject, plan);
        results.computeIfAbsent(subject.name(), _ -> new ArrayList<>()).add(result);
        report.line("* round " + round + ", " + subject.name() + ": " + told(result, load));
      }
    }
    summarise(report, results);
    if (given.text("keep").equals("yes")) {
      Path file = report.keep(ProjectTree.root().resolve("proof/bench/results"));
      System.out.println("Kept in " + file);
    }
  }

  private static List<IngestSubject> subjects(CaseOptions given) {
    String only = given.text("only");
    List<IngestSubject> subjects = new ArrayList<>();
    if (only.isEmpty() || only.equals("tocsin")) {
      subjects.add(new TocsinIngest(given.text("java-options")));
    }
    add(subjects, only, PeerProgram.VMAGENT, new VmagentIngest());
    add(subjects, only, PeerProgram.VICTORIA_METRICS, new VictoriaIngest());
    add(subjects, only, PeerProgram.PROMETHEUS, new PrometheusIngest());
    return subjects;
  }

  private static void add(
      List<IngestSubject> subjects, String only, PeerProgram program, IngestSubject subject) {
    if (!only.isEmpty() && !only.equalsIgnoreCase(program.name())) {
      return;
    }
    if (program.isInstalled()) {
      subjects.add(subject);
    } else {
      System.out.println("Without " + subject.name() + ": " + program.howToInstall());
    }
  }

  private static void introduce(
      Report report, CaseOptions given, IngestPlan plan, List<IngestSubject> subjects) {
    report.line("# ingest-speed").line("");
    report.line("* commit " + Machine.commit(ProjectTree.root()) + ", options `" + given + "`");
    report.line("* " + Machine.describe() + ", measuring side on the same cores");
    report.line(
        ("* Remote write 1.0, Snappy: %,d series of ten labels, %,d samples in a request, one of"
                + " each series, %d connections, each the next request when the one before was"
                + " answered%s. Times advance by a second, values are counters. The requests are made"
                + " once; times and values are written over in the compressed bodies.")
            .formatted(
                plan.series(),
                plan.samplesPerRequest(),
                plan.connections(),
                plan.samplesPerSecond() == 0
                    ? ""
                    : ", %,d samples a second at most".formatted(plan.samplesPerSecond())));
    report.line(
        "* Each round starts a fresh process; %d s of the same load before %d s that are counted. CPU"
                .formatted(plan.warmUpSeconds(), plan.seconds())
            + " is user and system time of the program. At the end of each round the program's own"
            + " count of samples is that of the samples it answered 2xx, and (but for vmagent) a query"
            + " finds all series, and the last value of the first; or the run fails.");
    subjects.forEach(subject -> subject.description().forEach(line -> report.line("* " + line)));
    report.line("");
  }

  private static String told(IngestResult result, String load) {
    return "%,.0f samples/s, %.3f CPU s per million, at most %d MiB, %d requests repeated, %,d stored; %.1f B a sample (%.0f B plain); load before: %s%s"
        .formatted(
            result.perSecond(),
            result.cpuPerMillion(),
            result.residentMaxKib() / 1024,
            result.repeated(),
            result.stored().samples(),
            result.sentBytes(),
            result.plainBytes(),
            load,
            result.note().isEmpty() ? "" : "; " + result.note());
  }

  private static void summarise(Report report, Map<String, List<IngestResult>> results) {
    Table table =
        Table.of("median of the rounds", "samples/s", "CPU s per million", "cores", "RSS max");
    results.forEach(
        (name, rounds) ->
            table.row(
                name,
                "%,.0f".formatted(median(rounds, IngestResult::perSecond)),
                "%.3f".formatted(median(rounds, IngestResult::cpuPerMillion)),
                "%.2f".formatted(median(rounds, r -> (double) r.cpu().toNanos() / r.nanos())),
                "%.0f MiB".formatted(median(rounds, r -> r.residentMaxKib() / 1024.0))));
    report.table(table);
    results.forEach((name, rounds) -> threads(report, name, rounds));
  }

  private static void threads(Report report, String name, List<IngestResult> rounds) {
    Set<String> names = new TreeSet<>();
    rounds.forEach(round -> names.addAll(round.threads().keySet()));
    if (names.isEmpty()) {
      return;
    }
    Table table = Table.of("threads of " + name + ", medians", "CPU s per million");
    for (String thread : names) {
      double cpu = median(rounds, r -> r.cpuPerMillion(thread));
      if (cpu >= LEAST_CPU) {
        table.row(thread, "%.3f".formatted(cpu));
      }
    }
    report.table(table);
  }

  /// To a thousandth of a thousandth.
  private static double median(List<IngestResult> rounds, ToDoubleFunction<IngestResult> of) {
    return Percentiles.median(
            rounds.stream().mapToLong(r -> Math.round(of.applyAsDouble(r) * 1e6)).toArray())
        / 1e6;
  }
}

package dev.tocsin.bench;

import dev.tocsin.bench.latency.LatencyOptions;
import dev.tocsin.bench.latency.LatencyRound;
import dev.tocsin.bench.latency.PrometheusSubject;
import dev.tocsin.bench.latency.RoundResult;
import dev.tocsin.bench.latency.Subject;
import dev.tocsin.bench.latency.TocsinSubject;
import dev.tocsin.bench.latency.VictoriaSubject;
import dev.tocsin.bench.load.LoadPlan;
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
import java.util.Locale;
import java.util.Map;
import java.util.function.ToLongFunction;

/// From a sample to the webhook, for 1,000 alerts, beside Prometheus with Alertmanager:
/// `proof/bench/run alert-latency`. With `--load` many other samples and rules go on beside it, and
/// VictoriaMetrics with vmalert is measured too.
public final class AlertLatency {
  private static final int CONNECTIONS = 4;

  /// Threads that use less are not listed.
  private static final double LEAST_CORES = 0.002;

  private static final int SAMPLES_PER_REQUEST = 2_000;
  private static final Map<String, String> DEFAULTS = new LinkedHashMap<>();

  static {
    DEFAULTS.put("alerts", "1000");
    DEFAULTS.put("per-second", "50");
    DEFAULTS.put("hold-ms", "500");
    DEFAULTS.put("rule-interval", "5ms");
    DEFAULTS.put("warm-up", "200");
    DEFAULTS.put("rounds", "3");
    DEFAULTS.put("load", "0");
    DEFAULTS.put("series", "100000");
    DEFAULTS.put("rules", "1000");
    DEFAULTS.put("load-interval", "15s");
    DEFAULTS.put("history-seconds", "300");
    DEFAULTS.put("history-step", "4");
    DEFAULTS.put("held", "0");
    DEFAULTS.put("held-for", "3s");
    DEFAULTS.put("tocsin-interval", "");
    DEFAULTS.put("victoria-interval", "");
    DEFAULTS.put("java-options", "");
    DEFAULTS.put("idle-seconds", "0");
    DEFAULTS.put("only", "");
  }

  private AlertLatency() {}

  public static void main(String[] arguments) throws IOException {
    CaseOptions given = CaseOptions.parse(List.of(arguments), DEFAULTS);
    LatencyOptions options =
        new LatencyOptions(
            given.number("alerts"),
            given.number("warm-up"),
            given.number("per-second"),
            given.number("hold-ms"),
            given.number("held"),
            given.text("held-for"),
            given.number("idle-seconds"),
            load(given));
    List<Subject> subjects = subjects(given);
    Report report = new Report("alert-latency", System.out);
    introduce(report, given, options, subjects);

    Map<String, List<RoundResult>> results = new LinkedHashMap<>();
    for (int round = 1; round <= given.number("rounds"); round++) {
      for (Subject subject : subjects) {
        String load = Machine.load();
        RoundResult result = LatencyRound.run(subject, options);
        results.computeIfAbsent(subject.name(), _ -> new ArrayList<>()).add(result);
        report.line("* round " + round + ", " + subject.name() + ": " + told(result, load));
      }
    }
    summarise(report, results);
    Path file = report.keep(ProjectTree.root().resolve("proof/bench/results"));
    System.out.println("Kept in " + file);
  }

  private static String told(RoundResult result, String load) {
    String line = told(result.toWebhook()) + "; load before: " + load;
    String held = result.heldToWebhook().map(of -> "; with `for` " + told(of)).orElse("");
    String beside =
        result.load().accepted() == 0
            ? ""
            : "; %,.0f samples/s taken, %,d refused, a write at most %,d ms late, %.2f cores"
                .formatted(
                    result.acceptedPerSecond(),
                    result.load().refused(),
                    result.load().lateMs(),
                    result.cores());
    return line + held + beside + (result.note().isEmpty() ? "" : "; " + result.note());
  }

  private static String told(Percentiles of) {
    return "P50 %s, P90 %s, P99 %s, lost %d"
        .formatted(ms(of.p50()), ms(of.p90()), ms(of.p99()), of.lost());
  }

  private static LoadPlan load(CaseOptions given) {
    if (given.number("load") == 0) {
      return LoadPlan.NONE;
    }
    return new LoadPlan(
        given.number("load"),
        given.number("series"),
        given.number("rules"),
        given.text("load-interval"),
        given.number("history-seconds"),
        given.number("history-step"),
        CONNECTIONS,
        SAMPLES_PER_REQUEST);
  }

  private static List<Subject> subjects(CaseOptions given) {
    String only = given.text("only");
    List<Subject> subjects = new ArrayList<>();
    if (only.isEmpty() || only.equals("tocsin")) {
      String java = given.text("java-options");
      subjects.add(new TocsinSubject(interval(given, "tocsin-interval"), java));
    }
    if (only.isEmpty() || only.equals("prometheus")) {
      if (PrometheusSubject.isInstalled()) {
        subjects.add(new PrometheusSubject(given.text("rule-interval")));
      } else {
        System.out.println("Without Prometheus: " + PeerProgram.PROMETHEUS.howToInstall());
        System.out.println("                    " + PeerProgram.ALERTMANAGER.howToInstall());
      }
    }
    if ((only.isEmpty() && given.number("load") > 0) || only.equals("victoria")) {
      if (VictoriaSubject.isInstalled()) {
        subjects.add(new VictoriaSubject(interval(given, "victoria-interval")));
      } else {
        System.out.println(
            "Without VictoriaMetrics: " + PeerProgram.VICTORIA_METRICS.howToInstall());
        System.out.println("                         " + PeerProgram.VMALERT.howToInstall());
      }
    }
    return subjects;
  }

  private static String interval(CaseOptions given, String option) {
    String own = given.text(option);
    return own.isEmpty() ? given.text("rule-interval") : own;
  }

  private static void introduce(
      Report report, CaseOptions given, LatencyOptions options, List<Subject> subjects) {
    report.line("# alert-latency").line("");
    report.line("* commit " + Machine.commit(ProjectTree.root()) + ", options `" + given + "`");
    report.line("* " + Machine.describe());
    report.line(
        "* Each alert is one series below the threshold that gets one sample above it, timestamp"
            + " now, in a remote write of its own, "
            + options.perSecond()
            + " in a second, each up to 10 ms"
            + " after its turn (the same seed for both sides),"
            + (options.holdMs() > 0
                ? " and one below it " + options.holdMs() + " ms later."
                : " and stays above it."));
    report.line(
        "* The same rule file on all sides, one rule without `for`; only the interval of its group"
            + " may differ, and is said below. The latency is from the sending of the sample until"
            + " the same receiver has read the whole body of the webhook's POST. What has not"
            + " arrived after 10 s is lost and counts as infinite.");
    if (options.held() > 0) {
      report.line(
          "* Beside them "
              + options.held()
              + " alerts of a rule with `for: "
              + options.heldFor()
              + "`, timed from the `activeAt` that the side's API tells + `for`.");
    }
    if (!options.load().isNone()) {
      introduceLoad(report, options.load());
    }
    report.line(
        "* Each round starts fresh processes and begins with "
            + options.warmUp()
            + " alerts that are not counted; sides alternate.");
    subjects.forEach(subject -> subject.description().forEach(line -> report.line("* " + line)));
    report.line("");
  }

  private static void introduceLoad(Report report, LoadPlan load) {
    report.line(
        ("* Load beside it, from the measuring process: %,d samples a second over %,d series"
                + " (%d labels with the name), %,d in a write on %d connections, not"
                + " compressed (Snappy literals); before it %d s of history, a sample every %d s,"
                + " all of which is taken before the round goes on.")
            .formatted(
                load.samplesPerSecond(),
                load.series(),
                load.labels(),
                load.samplesPerRequest(),
                load.connections(),
                load.historySeconds(),
                load.historyStepSeconds()));
    report.line(
        ("* %,d rules over these series, none of which fires, in groups of 10 with `interval: %s`:"
                + " 60 of 100 without a range, 26 without `for`, rates, ratios of sums, joins,"
                + " `absent`, quantiles of histograms; each reads some 200 series.")
            .formatted(load.rules(), load.ruleInterval()));
  }

  private static void summarise(Report report, Map<String, List<RoundResult>> results) {
    Table table =
        Table.of(
            "median of the rounds",
            "P50",
            "P90",
            "P99",
            "max",
            "lost",
            "told twice",
            "write answered P50",
            "P99",
            "refused",
            "CPU per alert",
            "RSS at the end");
    results.forEach(
        (name, rounds) -> {
          Percentiles told = Percentiles.medianOf(map(rounds, RoundResult::toWebhook));
          Percentiles answered = Percentiles.medianOf(map(rounds, RoundResult::toAnswer));
          long cpuNanos =
              Percentiles.median(rounds.stream().mapToLong(r -> r.cpu().toNanos()).toArray());
          long kib =
              Percentiles.median(
                  rounds.stream().mapToLong(r -> r.figures().residentKib()).toArray());
          table.row(
              name,
              ms(told.p50()),
              ms(told.p90()),
              ms(told.p99()),
              ms(told.max()),
              told.lost() + " of " + told.count(),
              Integer.toString(rounds.stream().mapToInt(RoundResult::duplicates).sum()),
              ms(answered.p50()),
              ms(answered.p99()),
              Integer.toString(rounds.stream().mapToInt(RoundResult::refused).sum()),
              ms(cpuNanos / rounds.getFirst().toWebhook().count()),
              kib / 1024 + " MiB");
        });
    report.table(table);
    summariseLoad(report, results);
    results.forEach((name, rounds) -> threads(report, name, rounds));
    results.forEach((name, rounds) -> stages(report, name, rounds));
  }

  private static void summariseLoad(Report report, Map<String, List<RoundResult>> results) {
    boolean isHeld =
        results.values().stream().anyMatch(of -> of.getFirst().heldToWebhook().isPresent());
    if (isHeld) {
      Table table = Table.of("alerts with `for`, medians", "P50", "P90", "P99", "max", "lost");
      results.forEach(
          (name, rounds) -> {
            Percentiles told =
                Percentiles.medianOf(
                    rounds.stream().flatMap(r -> r.heldToWebhook().stream()).toList());
            table.row(
                name,
                ms(told.p50()),
                ms(told.p90()),
                ms(told.p99()),
                ms(told.max()),
                told.lost() + " of " + told.count());
          });
      report.table(table);
    }
    if (results.values().stream().noneMatch(of -> of.getFirst().load().accepted() > 0)) {
      return;
    }
    Table table =
        Table.of(
            "load, medians",
            "samples/s taken",
            "refused",
            "latest write",
            "cores",
            "cores without load",
            "RSS max");
    results.forEach(
        (name, rounds) ->
            table.row(
                name,
                "%,d".formatted(median(rounds, r -> Math.round(r.acceptedPerSecond()))),
                "%,d".formatted(median(rounds, r -> r.load().refused())),
                "%,d ms".formatted(median(rounds, r -> r.load().lateMs())),
                "%.2f".formatted(median(rounds, r -> Math.round(r.cores() * 1000)) / 1e3),
                idle(rounds),
                median(rounds, r -> r.figures().residentMaxKib()) / 1024 + " MiB"));
    report.table(table);
  }

  private static String idle(List<RoundResult> rounds) {
    if (rounds.getFirst().idleCores().isEmpty()) {
      return "";
    }
    long micro = median(rounds, r -> Math.round(r.idleCores().orElse(0) * 1e6));
    return "%.4f".formatted(micro / 1e6);
  }

  private static void threads(Report report, String name, List<RoundResult> rounds) {
    Table table = Table.of("threads of " + name + ", medians", "cores");
    for (String thread : rounds.getFirst().threads().keySet()) {
      double cores = median(rounds, r -> Math.round(r.cores(thread) * 1e4)) / 1e4;
      if (cores >= LEAST_CORES) {
        table.row(thread, "%.3f".formatted(cores));
      }
    }
    if (!rounds.getFirst().threads().isEmpty()) {
      report.table(table);
    }
  }

  private static long median(List<RoundResult> rounds, ToLongFunction<RoundResult> of) {
    return Percentiles.median(rounds.stream().mapToLong(of).toArray());
  }

  private static void stages(Report report, String name, List<RoundResult> rounds) {
    if (rounds.getFirst().stages().isEmpty()) {
      return;
    }
    Table table = Table.of("stages of " + name, "P50", "P90", "P99", "max");
    for (String stage : rounds.getFirst().stages().keySet()) {
      List<Percentiles> all = new ArrayList<>();
      for (RoundResult round : rounds) {
        Percentiles of = round.stages().get(stage);
        if (of != null) {
          all.add(of);
        }
      }
      Percentiles median = Percentiles.medianOf(all);
      table.row(stage, ms(median.p50()), ms(median.p90()), ms(median.p99()), ms(median.max()));
    }
    report.table(table);
  }

  private static List<Percentiles> map(
      List<RoundResult> rounds, java.util.function.Function<RoundResult, Percentiles> part) {
    return rounds.stream().map(part).toList();
  }

  private static String ms(long nanos) {
    return nanos == Percentiles.NEVER
        ? "infinite"
        : String.format(Locale.ROOT, "%.2f ms", nanos / 1e6);
  }
}

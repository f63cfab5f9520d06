package dev.tocsin.bench;

import dev.tocsin.bench.latency.LatencyOptions;
import dev.tocsin.bench.latency.LatencyRound;
import dev.tocsin.bench.latency.PrometheusSubject;
import dev.tocsin.bench.latency.RoundResult;
import dev.tocsin.bench.latency.Subject;
import dev.tocsin.bench.latency.TocsinSubject;
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

/// From a sample to the webhook, for 1,000 alerts, beside Prometheus with Alertmanager:
/// `proof/bench/run alert-latency`.
public final class AlertLatency {
  private static final Map<String, String> DEFAULTS = new LinkedHashMap<>();

  static {
    DEFAULTS.put("alerts", "1000");
    DEFAULTS.put("per-second", "50");
    DEFAULTS.put("hold-ms", "500");
    DEFAULTS.put("rule-interval", "5ms");
    DEFAULTS.put("warm-up", "200");
    DEFAULTS.put("rounds", "3");
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
            given.text("rule-interval"));
    List<Subject> subjects = subjects(given.text("only"));
    Report report = new Report("alert-latency", System.out);
    introduce(report, given, options, subjects);

    Map<String, List<RoundResult>> results = new LinkedHashMap<>();
    for (int round = 1; round <= given.number("rounds"); round++) {
      for (Subject subject : subjects) {
        String load = Machine.load();
        RoundResult result = LatencyRound.run(subject, options);
        results.computeIfAbsent(subject.name(), _ -> new ArrayList<>()).add(result);
        report.line(
            "* round %d, %s: P50 %s, P99 %s, lost %d; load before: %s"
                .formatted(
                    round,
                    subject.name(),
                    ms(result.toWebhook().p50()),
                    ms(result.toWebhook().p99()),
                    result.toWebhook().lost(),
                    load));
      }
    }
    summarise(report, results);
    Path file = report.keep(ProjectTree.root().resolve("proof/bench/results"));
    System.out.println("Kept in " + file);
  }

  private static List<Subject> subjects(String only) {
    List<Subject> subjects = new ArrayList<>();
    if (!only.equals("prometheus")) {
      subjects.add(new TocsinSubject());
    }
    if (!only.equals("tocsin")) {
      if (PrometheusSubject.isInstalled()) {
        subjects.add(new PrometheusSubject());
      } else {
        System.out.println("Without its peers: " + PeerProgram.PROMETHEUS.howToInstall());
        System.out.println("                   " + PeerProgram.ALERTMANAGER.howToInstall());
      }
    }
    return subjects;
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
        "* The same rule file on both sides: one rule, `interval: "
            + options.ruleInterval()
            + "`, no `for`. The latency is from the sample's timestamp (whole milliseconds) to the"
            + " arrival of the webhook's POST at the same receiver. What has not arrived "
            + "after 10 s is lost and counts as infinite.");
    report.line(
        "* Each round starts fresh processes and begins with "
            + options.warmUp()
            + " alerts that are not counted; sides alternate.");
    subjects.forEach(subject -> subject.description().forEach(line -> report.line("* " + line)));
    report.line("");
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
    results.forEach((name, rounds) -> stages(report, name, rounds));
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

package dev.tocsin.bench;

import dev.tocsin.bench.footprint.FootprintSubject;
import dev.tocsin.bench.footprint.Measured;
import dev.tocsin.bench.footprint.PrometheusFootprint;
import dev.tocsin.bench.footprint.TocsinFootprint;
import dev.tocsin.bench.peer.ProjectTree;
import dev.tocsin.bench.report.CaseOptions;
import dev.tocsin.bench.report.Machine;
import dev.tocsin.bench.report.Percentiles;
import dev.tocsin.bench.report.Report;
import dev.tocsin.bench.report.Table;
import java.io.IOException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/// Start, memory and processor time of the default job, beside what it replaces: `proof/bench/run
/// footprint`.
public final class Footprint {
  private static final Map<String, String> DEFAULTS = new LinkedHashMap<>();

  static {
    DEFAULTS.put("starts", "5");
    DEFAULTS.put("idle-seconds", "60");
    DEFAULTS.put("requests", "200");
    DEFAULTS.put("only", "");
  }

  private Footprint() {}

  public static void main(String[] arguments) throws IOException {
    CaseOptions given = CaseOptions.parse(List.of(arguments), DEFAULTS);
    Report report = new Report("footprint", System.out);
    report.line("# footprint").line("");
    report.line("* commit " + Machine.commit(ProjectTree.root()) + ", options `" + given + "`");
    report.line("* " + Machine.describe());
    report.line("* load before: " + Machine.load());
    report.line(
        "* Start: from the start of the process to the first 200 on `/-/ready`, fresh data folder,"
            + " median of "
            + given.text("starts")
            + ", looked for every 2 ms.");
    report.line(
        "* RSS: `VmRSS` of all processes of a side, after "
            + given.text("idle-seconds")
            + " s of watching this machine every second with the bundled host rules, and after "
            + given.text("requests")
            + " requests each for `/metrics` and the page.");
    Table table =
        Table.of(
            "",
            "start",
            "slowest start",
            "RSS idle",
            "anonymous",
            "RSS after requests",
            "largest",
            "threads",
            "CPU while idle");
    for (FootprintSubject subject : subjects(given.text("only"))) {
      subject.description().forEach(line -> report.line("* " + line));
      long[] starts = new long[given.number("starts")];
      for (int i = 0; i < starts.length; i++) {
        starts[i] = subject.startNanos();
      }
      Duration idle = Duration.ofSeconds(given.number("idle-seconds"));
      Measured measured = subject.run(idle, given.number("requests"));
      table.row(
          subject.name(),
          ms(Percentiles.median(starts)),
          ms(Percentiles.of(starts).max()),
          mib(measured.idle().residentKib()),
          mib(measured.idle().residentAnonymousKib()),
          mib(measured.afterRequests().residentKib()),
          mib(measured.afterRequests().residentMaxKib()),
          Integer.toString(measured.idle().threads()),
          String.format(
              Locale.ROOT, "%.2f %%", 100.0 * measured.idleCpu().toNanos() / idle.toNanos()));
    }
    report.table(table);
    System.out.println("Kept in " + report.keep(ProjectTree.root().resolve("proof/bench/results")));
  }

  private static List<FootprintSubject> subjects(String only) {
    List<FootprintSubject> all = new java.util.ArrayList<>();
    if (!only.equals("prometheus")) {
      all.add(new TocsinFootprint(false));
      all.add(new TocsinFootprint(true));
    }
    if (!only.equals("tocsin")) {
      PrometheusFootprint.ifInstalled()
          .ifPresentOrElse(all::add, () -> System.out.println(PrometheusFootprint.MISSING));
    }
    return all;
  }

  private static String ms(long nanos) {
    return nanos / 1_000_000 + " ms";
  }

  private static String mib(long kib) {
    return String.format(Locale.ROOT, "%.1f MiB", kib / 1024.0);
  }
}

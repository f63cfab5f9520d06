package dev.tocsin.bench;

import dev.tocsin.bench.crash.power.Planted;
import dev.tocsin.bench.crash.power.PowerCase;
import dev.tocsin.bench.crash.power.PowerTally;
import dev.tocsin.bench.peer.ProjectTree;
import dev.tocsin.bench.report.CaseOptions;
import dev.tocsin.bench.report.Machine;
import dev.tocsin.bench.report.Report;
import java.io.IOException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/// Takes the power from a simulated agent, seed by seed, in virtual time, with torn writes and
/// sectors in any order: `proof/bench/run crash-sim`. Exits with 1 where something acknowledged is
/// gone, there twice, or not what was sent. One seed alone tells what happened, where it fails.
public final class CrashSim {
  private static final Map<String, String> DEFAULTS = new LinkedHashMap<>();
  private static final long PROGRESS_NANOS = Duration.ofSeconds(30).toNanos();

  static {
    DEFAULTS.put("seeds", "10000");
    DEFAULTS.put("seed", "1");
    DEFAULTS.put("minutes", "");
    DEFAULTS.put("planted", "none");
    DEFAULTS.put("keep", "yes");
  }

  private CrashSim() {}

  public static void main(String[] arguments) throws IOException {
    CaseOptions given = CaseOptions.parse(List.of(arguments), DEFAULTS);
    Report report = new Report("crash-sim", System.out);
    report.line("# crash-sim").line("");
    report.line("* commit " + Machine.commit(ProjectTree.root()) + ", options `" + given + "`");
    report.line("* " + Machine.describe());
    report.line("* load before: " + Machine.load());
    long startNanos = System.nanoTime();
    PowerTally tally = run(given, startNanos);
    long seconds = Duration.ofNanos(System.nanoTime() - startNanos).toSeconds();
    report.table(tally.table());
    report.table(tally.placesTable());
    boolean good = tally.badSeeds() == 0;
    report.line(
        seconds
            + " s. "
            + (good ? "Everything acknowledged was there, once." : tally.badSeeds() + " FAILED"));
    tally.findings().forEach(finding -> report.line("* " + finding));
    if (given.text("keep").equals("yes")) {
      System.out.println(
          "Kept in " + report.keep(ProjectTree.root().resolve("proof/bench/results")));
    }
    System.exit(good ? 0 : 1);
  }

  private static PowerTally run(CaseOptions given, long startNanos) {
    long first = Long.parseLong(given.text("seed"));
    boolean timed = !given.text("minutes").isEmpty();
    long end = timed ? Long.MAX_VALUE : first + given.number("seeds");
    long limit = timed ? Duration.ofMinutes(given.number("minutes")).toNanos() : Long.MAX_VALUE;
    Planted planted = Planted.valueOf(given.text("planted").toUpperCase(Locale.ROOT));
    PowerTally tally = new PowerTally();
    long shownNanos = startNanos;
    for (long seed = first; seed < end; seed++) {
      long now = System.nanoTime();
      if (now - startNanos > limit) {
        break;
      }
      if (now - shownNanos > PROGRESS_NANOS) {
        shownNanos = now;
        System.out.printf(Locale.ROOT, "%d seeds, %d bad%n", tally.seeds(), tally.badSeeds());
      }
      boolean alone = !timed && end == first + 1;
      PowerCase.run(seed, planted, tally, alone ? System.out::println : _ -> {});
    }
    return tally;
  }
}

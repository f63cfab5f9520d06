package dev.tocsin.bench;

import dev.tocsin.bench.crash.KillRun;
import dev.tocsin.bench.crash.KillTally;
import dev.tocsin.bench.peer.ProjectTree;
import dev.tocsin.bench.process.WorkFolder;
import dev.tocsin.bench.report.CaseOptions;
import dev.tocsin.bench.report.Machine;
import dev.tocsin.bench.report.Report;
import java.io.IOException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/// Kills an agent with -9 at random moments while numbered samples are written to it, starts it
/// again, and looks for everything that was acknowledged: `proof/bench/run crash-kills`. Exits with
/// 1 where something is missing, there twice, or not what was sent.
public final class CrashKills {
  private static final Map<String, String> DEFAULTS = new LinkedHashMap<>();
  private static final long PROGRESS_NANOS = Duration.ofSeconds(30).toNanos();

  static {
    DEFAULTS.put("kills", "1000");
    DEFAULTS.put("seed", "20261125");
    DEFAULTS.put("keep", "yes");
  }

  private CrashKills() {}

  public static void main(String[] arguments) throws IOException {
    CaseOptions given = CaseOptions.parse(List.of(arguments), DEFAULTS);
    Report report = new Report("crash-kills", System.out);
    report.line("# crash-kills").line("");
    report.line("* commit " + Machine.commit(ProjectTree.root()) + ", options `" + given + "`");
    report.line("* " + Machine.describe());
    report.line("* load before: " + Machine.load());
    long startNanos = System.nanoTime();
    WorkFolder folder = WorkFolder.make("crash-kills");
    KillTally tally = run(given, folder);
    long seconds = Duration.ofNanos(System.nanoTime() - startNanos).toSeconds();
    report.table(tally.table());
    boolean good = tally.isGood();
    report.line(seconds + " s. " + (good ? "Everything acknowledged was there, once." : "FAILED"));
    if (good) {
      folder.close();
    } else {
      tally.verdict().findings().forEach(finding -> report.line("* " + finding));
      System.out.println("The data are left in " + folder.path());
    }
    if (given.text("keep").equals("yes")) {
      System.out.println(
          "Kept in " + report.keep(ProjectTree.root().resolve("proof/bench/results")));
    }
    System.exit(good ? 0 : 1);
  }

  private static KillTally run(CaseOptions given, WorkFolder folder) {
    long seed = Long.parseLong(given.text("seed"));
    int kills = given.number("kills");
    long shownNanos = System.nanoTime();
    try (KillRun run = KillRun.start(seed, folder.path())) {
      for (int i = 1; i <= kills && run.tally().isGood(); i++) {
        run.kill();
        if (System.nanoTime() - shownNanos > PROGRESS_NANOS) {
          shownNanos = System.nanoTime();
          System.out.printf(
              Locale.ROOT, "%d kills, %d samples acknowledged%n", i, run.tally().samples());
        }
      }
      return run.tally();
    }
  }
}

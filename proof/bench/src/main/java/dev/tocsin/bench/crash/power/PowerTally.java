package dev.tocsin.bench.crash.power;

import dev.tocsin.bench.crash.sent.Verdict;
import dev.tocsin.bench.report.Table;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// What happened in simulated lives. One thread.
public final class PowerTally {
  /// Findings that are written out.
  private static final int FINDINGS_MAX = 20;

  final Verdict verdict = new Verdict();
  private final List<String> findings = new ArrayList<>();
  private final Map<String, Integer> places = new TreeMap<>();
  long seeds;
  long badSeeds;
  int powerCuts;
  int kills;
  int inStart;
  int betweenOperations;
  int journalFailures;
  int journalRecoveries;
  int cutTails;
  int undurable;
  long replayed;
  long requests;
  long samples;
  long resent;
  long laters;

  /// The process ended within an operation of the disk.
  void endedIn(String place) {
    places.merge(place, 1, Integer::sum);
  }

  void bad(long seed, List<String> what) {
    badSeeds++;
    for (String one : what) {
      if (findings.size() < FINDINGS_MAX) {
        findings.add("seed " + seed + ": " + one);
      }
    }
  }

  public long seeds() {
    return seeds;
  }

  /// Seeds under which something did not hold.
  public long badSeeds() {
    return badSeeds;
  }

  public List<String> findings() {
    return List.copyOf(findings);
  }

  /// How often the process ended within an operation, by place.
  public Map<String, Integer> places() {
    return new TreeMap<>(places);
  }

  public Table table() {
    Table table = Table.of("what", "count");
    row(table, "seeds", seeds);
    row(table, "power cuts", powerCuts);
    row(table, "kills of the process alone", kills);
    row(table, "further ends within a start", inStart);
    row(table, "ends between two operations of the disk", betweenOperations);
    row(table, "failures of the journal (full disk, failed operations)", journalFailures);
    row(table, "of them over before the end", journalRecoveries);
    row(table, "starts that cut off a torn write", cutTails);
    row(table, "inputs replayed at the starts", replayed);
    row(table, "requests acknowledged", requests);
    row(table, "samples acknowledged", samples);
    row(table, "requests without an answer, sent again", resent);
    row(table, "found whole before that", verdict.unansweredThere());
    row(table, "found not at all before that", verdict.unansweredGone());
    row(table, "answers that said later", laters);
    row(table, "acknowledged samples looked for", verdict.looked());
    row(table, "missing", verdict.missing());
    row(table, "more than once", verdict.twice());
    row(table, "never sent, or with another value", verdict.strange());
    row(table, "requests of which a part is there", verdict.halves());
    return table;
  }

  public Table placesTable() {
    Table table = Table.of("ended within", "times");
    places.forEach((place, count) -> row(table, place, count));
    return table;
  }

  private static void row(Table table, String what, long count) {
    table.row(what, Long.toString(count));
  }
}

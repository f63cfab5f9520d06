package dev.tocsin.cli;

import dev.tocsin.promql.script.Mismatch;
import dev.tocsin.promql.script.Outcome;
import dev.tocsin.promql.script.Profile;
import dev.tocsin.promql.script.ScriptReport;
import dev.tocsin.promql.script.Verdict;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// Prints how scripts went: what failed as soon as its file is through, a table when there are
/// several files, and last of all the sum.
final class ScriptPrinter {
  private final PrintStream out;
  private final boolean flagsOff;
  private final List<Line> table = new ArrayList<>();

  /// The counts of one file; `passed` counts what is refused or needs a flag too.
  private record Line(String file, int passed, int refused, int flagged, int failed) {
    Line plus(Line other) {
      return new Line(
          file,
          passed + other.passed,
          refused + other.refused,
          flagged + other.flagged,
          failed + other.failed);
    }
  }

  ScriptPrinter(PrintStream out, Profile profile) {
    this.out = out;
    this.flagsOff = profile == Profile.PRODUCTION;
  }

  void add(String file, ScriptReport report) {
    for (Outcome outcome : report.outcomes()) {
      String place = file + ":" + outcome.line() + ": ";
      switch (outcome.verdict()) {
        case Verdict.Passed _, Verdict.Refused _ -> {}
        case Verdict.NeedsFlag(String flag, _) ->
            out.println(place + "needs " + flag + ": " + outcome.query());
        case Verdict.Failed(Mismatch mismatch) -> {
          out.println(place + outcome.query());
          print(mismatch);
        }
      }
    }
    table.add(
        new Line(
            file,
            report.passed(),
            report.count(Verdict.Refused.class),
            report.count(Verdict.NeedsFlag.class),
            report.failed()));
  }

  private void print(Mismatch mismatch) {
    if (!mismatch.variant().isEmpty()) {
      out.println("  as        " + mismatch.variant());
    }
    out.println("  expected  " + mismatch.expected());
    out.println("  actual    " + mismatch.actual());
  }

  int failed() {
    return sum().failed();
  }

  private Line sum() {
    return table.stream().reduce(new Line("", 0, 0, 0, 0), Line::plus);
  }

  void summary() {
    if (table.size() > 1) {
      printTable();
    }
    Line sum = sum();
    if (flagsOff) {
      out.println(
          sum.refused()
              + " refused as they should be, "
              + sum.flagged()
              + " with another result without a feature flag; both count as passed");
    }
    out.println(sum.passed() + " passed, " + sum.failed() + " failed");
  }

  private void printTable() {
    int width = Math.max(4, table.stream().mapToInt(line -> line.file().length()).max().orElse(0));
    String heading = flagsOff ? "  passed refused flagged  failed" : "  passed  failed";
    out.println("file" + " ".repeat(width - 4) + heading);
    for (Line line : table) {
      StringBuilder row = new StringBuilder(line.file());
      row.repeat(' ', width - line.file().length());
      row.append(number(line.passed()));
      if (flagsOff) {
        row.append(number(line.refused())).append(number(line.flagged()));
      }
      out.println(row.append(number(line.failed())));
    }
  }

  private static String number(int count) {
    return String.format(Locale.ROOT, "%8d", count);
  }
}

package dev.tocsin.cli;

import dev.tocsin.model.problem.Problem;
import dev.tocsin.model.problem.Problems;
import java.io.PrintStream;
import java.util.Comparator;

/// Prints problems in the order of their places, and their count.
final class ProblemPrinter {
  private ProblemPrinter() {}

  /// For the check commands; returns the exit code.
  static int print(Problems problems, int checked, String what, Terminal terminal) {
    list(problems, terminal.err());
    if (problems.isEmpty()) {
      terminal.out().println(counted(checked, what) + " checked: no problem found.");
      return Exit.FINE;
    }
    terminal.err().println(counted(problems.count(), "problem") + ".");
    return Exit.PROBLEMS;
  }

  static void list(Problems problems, PrintStream err) {
    Comparator<Problem> byPlace =
        Comparator.comparing(Problem::file)
            .thenComparingInt(Problem::line)
            .thenComparingInt(Problem::column);
    problems.list().stream().sorted(byPlace).forEach(err::println);
    int more = problems.count() - problems.list().size();
    if (more > 0) {
      err.println("... and " + more + " more");
    }
  }

  static String counted(int count, String what) {
    return count + " " + what + (count == 1 ? "" : "s");
  }
}

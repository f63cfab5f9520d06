package dev.tocsin.engine.unittest;

import java.util.ArrayList;
import java.util.List;

/// How the tests of one file went.
///
/// @param file as the user named it
/// @param aborted why nothing of it could be run, one text for each reason; empty where it could
/// @param warnings what is odd but fails nothing
/// @param tests those that ran, in the order of the file
public record UnitTestReport(
    String file, List<String> aborted, List<String> warnings, List<TestResult> tests) {
  public UnitTestReport {
    aborted = List.copyOf(aborted);
    warnings = List.copyOf(warnings);
    tests = List.copyOf(tests);
  }

  /// @param name as written, or `unnamed#` and its number from 0
  /// @param failures in promtool's words; empty where it passed
  public record TestResult(String name, List<String> failures) {
    public TestResult {
      failures = List.copyOf(failures);
    }
  }

  public boolean passed() {
    return failures().isEmpty();
  }

  /// All that is wrong, in the order in which it was found.
  public List<String> failures() {
    List<String> all = new ArrayList<>(aborted);
    tests.forEach(test -> all.addAll(test.failures()));
    return all;
  }
}

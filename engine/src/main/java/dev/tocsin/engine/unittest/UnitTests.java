package dev.tocsin.engine.unittest;

import dev.tocsin.engine.unittest.TestFile.Group;
import dev.tocsin.engine.unittest.UnitTestReport.TestResult;
import dev.tocsin.model.problem.Problem;
import dev.tocsin.model.problem.Problems;
import dev.tocsin.rules.template.value.GoDuration;
import java.util.ArrayList;
import java.util.List;

/// Runs unit tests of rules. Any thread; what is passed in is called on it.
public final class UnitTests {
  private UnitTests() {}

  /// Runs the tests of one file. A mistake anywhere is a failure in the report.
  ///
  /// @param file as the user named it
  /// @param text of the file
  /// @param files gives its rule files; is asked once for each pattern
  public static UnitTestReport run(
      String file, String text, RuleFiles files, UnitTestOptions options) {
    Problems problems = new Problems();
    TestFile read = TestFileReader.read(file, text, problems);
    if (!problems.isEmpty()) {
      List<String> all = problems.list().stream().map(Problem::toString).toList();
      return new UnitTestReport(file, all, List.of(), List.of());
    }
    LoadedRules rules = LoadedRules.of(read, files, options);
    List<TestResult> results = new ArrayList<>();
    for (int i = 0; i < read.tests().size(); i++) {
      Group test = read.tests().get(i);
      if (options.selected().test(test.name())) {
        String name = test.name().isEmpty() ? "unnamed#" + i : test.name();
        results.add(run(name, new TestRun(read, test, rules, options), options.debug()));
      }
    }
    return new UnitTestReport(file, List.of(), rules.warnings(), results);
  }

  private static TestResult run(String name, TestRun test, UnitTestOptions.Debug debug) {
    if (!debug.on()) {
      return new TestResult(name, test.run(name));
    }
    debug.lines().accept("DEBUG: Starting test " + name);
    long began = debug.nanos().getAsLong();
    List<String> failures = test.run(name);
    GoDuration took = new GoDuration(debug.nanos().getAsLong() - began);
    debug.lines().accept("DEBUG: Test " + name + " finished, took " + took);
    return new TestResult(name, failures);
  }
}

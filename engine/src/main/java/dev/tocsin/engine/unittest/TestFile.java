package dev.tocsin.engine.unittest;

import dev.tocsin.model.labels.Labels;
import dev.tocsin.model.problem.Problem;
import dev.tocsin.yaml.Node;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A test file, read. Series, queries and expected samples are still texts: those of a test that is
/// not run may be wrong.
///
/// @param name as the user named it
/// @param ruleFiles patterns, as written
/// @param evaluationIntervalMs of all groups, whatever interval they name
/// @param groupOrder names of groups; those not named count as the first
/// @param fuzzy whether the last bit of a value may differ
record TestFile(
    String name,
    List<Node.Scalar> ruleFiles,
    long evaluationIntervalMs,
    List<String> groupOrder,
    boolean fuzzy,
    List<Group> tests) {
  TestFile {
    ruleFiles = List.copyOf(ruleFiles);
    groupOrder = List.copyOf(groupOrder);
    tests = List.copyOf(tests);
  }

  /// A text of the file and where it is.
  record Text(String text, @Nullable Node place) {
    /// A mistake in it, with its place.
    String problem(String file, String path, String message) {
      int line = place == null ? 0 : place.line();
      int column = place == null ? 0 : place.column();
      return new Problem(file, line, column, path, message, "").toString();
    }
  }

  /// One test.
  ///
  /// @param name may be empty
  /// @param intervalMs between the samples of a series
  /// @param startMs when everything begins; Unix milliseconds
  record Group(
      String name,
      long intervalMs,
      long startMs,
      List<Series> series,
      Labels externalLabels,
      String externalUrl,
      List<AlertCase> alerts,
      List<ExprCase> exprs) {
    Group {
      series = List.copyOf(series);
      alerts = List.copyOf(alerts);
      exprs = List.copyOf(exprs);
    }

    /// When its last case is, after the start.
    long lastMs() {
      long lastMs = 0;
      for (AlertCase one : alerts) {
        lastMs = Math.max(lastMs, one.atMs());
      }
      for (ExprCase one : exprs) {
        lastMs = Math.max(lastMs, one.atMs());
      }
      return lastMs;
    }
  }

  /// @param series name and labels
  /// @param values in the notation of series
  record Series(Text series, Text values) {}

  /// @param atMs after the start
  /// @param alertName empty where it is missing
  record AlertCase(long atMs, String alertName, List<ExpectedAlert> alerts) {
    AlertCase {
      alerts = List.copyOf(alerts);
    }
  }

  record ExpectedAlert(Map<String, String> labels, Map<String, String> annotations) {}

  /// @param atMs after the start
  record ExprCase(String expr, long atMs, List<ExpectedSample> samples) {
    ExprCase {
      samples = List.copyOf(samples);
    }
  }

  /// @param labels a series without values
  /// @param histogram in the notation of series; empty: a float
  record ExpectedSample(String labels, double value, String histogram) {}
}

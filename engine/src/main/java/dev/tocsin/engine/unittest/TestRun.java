package dev.tocsin.engine.unittest;

import dev.tocsin.engine.EngineView;
import dev.tocsin.engine.unittest.TestFile.AlertCase;
import dev.tocsin.engine.unittest.TestFile.ExprCase;
import dev.tocsin.engine.unittest.TestFile.Group;
import dev.tocsin.engine.unittest.TestFile.Series;
import dev.tocsin.model.input.RuleSet;
import dev.tocsin.model.input.RuleSettings;
import dev.tocsin.model.labels.Labels;
import dev.tocsin.model.text.PromDuration;
import dev.tocsin.promql.eval.Evaluator;
import dev.tocsin.promql.series.SeriesDescription;
import dev.tocsin.promql.series.SeriesSyntaxException;
import dev.tocsin.rules.template.value.GoDuration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/// Runs one test of a file. Single use.
final class TestRun {
  /// Evaluations of one test; a test that needs more is refused.
  static final long EVALUATIONS_MAX = 10_000_000;

  private final TestFile file;
  private final Group test;
  private final LoadedRules rules;
  private final UnitTestOptions options;
  private final List<String> failures = new ArrayList<>();

  TestRun(TestFile file, Group test, LoadedRules rules, UnitTestOptions options) {
    this.file = file;
    this.test = test;
    this.rules = rules;
    this.options = options;
  }

  /// What is wrong; empty where it passes.
  List<String> run(String shownName) {
    Map<Labels, SeriesDescription> series = series();
    if (failures.isEmpty()) {
      failures.addAll(rules.problems());
    }
    if (failures.isEmpty()) {
      checkCases();
    }
    if (!failures.isEmpty()) {
      return failures;
    }
    Rehearsal rehearsal = new Rehearsal(options, test.startMs(), file.evaluationIntervalMs());
    String refused = rehearsal.load(ruleSet());
    if (!refused.isEmpty()) {
      return List.of(refused);
    }
    rehearsal.announce(series.values());
    if (evaluate(rehearsal)) {
      checkExprs(rehearsal);
      String shortage = rehearsal.shortage();
      if (!shortage.isEmpty()) {
        failures.add(file.name() + ": " + shownName + ": " + shortage);
      }
      if (options.debug().on()) {
        new DataDump(rehearsal, options.debug()).dump(test.startMs(), test.lastMs());
      }
    }
    return failures;
  }

  private RuleSet ruleSet() {
    return new RuleSet(
        rules.texts(),
        test.externalLabels(),
        test.externalUrl(),
        file.evaluationIntervalMs(),
        0,
        new RuleSettings(RuleSettings.Mode.STRICT, options.features().words(), List.of()));
  }

  /// Of a series that is described twice, the second description holds.
  private Map<Labels, SeriesDescription> series() {
    Map<Labels, SeriesDescription> all = new LinkedHashMap<>();
    for (Series one : test.series()) {
      String metric = one.series().text().strip();
      try {
        SeriesDescription described =
            SeriesDescription.parse(metric + " " + one.values().text().strip());
        if (!described.values().stream().allMatch(Rehearsal::fits)) {
          failures.add(one.values().problem(file.name(), "values", "a histogram is too large"));
        }
        all.put(described.labels(), described);
      } catch (SeriesSyntaxException e) {
        failures.add(syntaxProblem(one, metric, e));
      }
    }
    return all;
  }

  private String syntaxProblem(Series series, String metric, SeriesSyntaxException e) {
    try {
      SeriesDescription.parse(metric);
    } catch (SeriesSyntaxException ofMetric) {
      String message = ofMetric.getMessage() + " (character " + ofMetric.column() + ")";
      return series.series().problem(file.name(), "series", message);
    }
    int character = Math.max(1, e.column() - metric.length() - 1);
    String message = e.getMessage() + " (character " + character + ")";
    return series.values().problem(file.name(), "values", message);
  }

  private void checkCases() {
    for (AlertCase one : test.alerts()) {
      if (one.alertName().isEmpty()) {
        failures.add(
            "an item under alert_rule_test misses required attribute alertname at eval_time "
                + PromDuration.format(one.atMs())
                + (test.name().isEmpty() ? "" : " (in TestGroup " + test.name() + ")"));
        return;
      }
    }
    long evaluations = test.lastMs() / file.evaluationIntervalMs();
    if (evaluations > EVALUATIONS_MAX) {
      failures.add(
          file.name()
              + ": eval_time "
              + PromDuration.format(test.lastMs())
              + " takes "
              + evaluations
              + " evaluations; the most is "
              + EVALUATIONS_MAX);
    }
  }

  /// False where a rule failed: then nothing else is looked at.
  private boolean evaluate(Rehearsal rehearsal) {
    SortedMap<Long, List<AlertCase>> cases = new TreeMap<>();
    test.alerts()
        .forEach(one -> cases.computeIfAbsent(one.atMs(), _ -> new ArrayList<>()).add(one));
    AlertCheck check = new AlertCheck(rules.groups(), test.name(), options.diff());
    long intervalMs = file.evaluationIntervalMs();
    for (long afterMs = 0; afterMs <= test.lastMs(); afterMs += intervalMs) {
      long nowMs = test.startMs() + afterMs;
      rehearsal.supply(test.startMs(), test.intervalMs(), nowMs);
      rehearsal.evaluate(nowMs);
      EngineView view = rehearsal.view();
      if (rulesFailed(view, nowMs)) {
        return false;
      }
      for (List<AlertCase> due : cases.subMap(afterMs, afterMs + intervalMs).values()) {
        for (AlertCase one : due) {
          add(check.failure(one, view));
        }
      }
    }
    return true;
  }

  private void add(String failure) {
    if (!failure.isEmpty()) {
      failures.add(failure);
    }
  }

  private boolean rulesFailed(EngineView view, long nowMs) {
    boolean failed = false;
    for (EngineView.Group group : view.groups()) {
      for (EngineView.Rule rule : group.rules()) {
        if (!rule.lastError().isEmpty()) {
          failed = true;
          GoDuration time = new GoDuration(nowMs * 1_000_000);
          failures.add(
              "    rule: " + rule.name() + ", time: " + time + ", err: " + rule.lastError());
        }
      }
    }
    return failed;
  }

  private void checkExprs(Rehearsal rehearsal) {
    Evaluator evaluator = new Evaluator(rehearsal.source(), rehearsal.evaluation());
    ExprCheck check = new ExprCheck(evaluator, options.features().parseOptions(), file.fuzzy());
    for (ExprCase one : test.exprs()) {
      add(check.failure(one, test.startMs()));
    }
  }
}

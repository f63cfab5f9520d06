package dev.tocsin.engine.unittest;

import dev.tocsin.engine.EngineView;
import dev.tocsin.engine.unittest.TestFile.AlertCase;
import dev.tocsin.engine.unittest.TestFile.ExpectedAlert;
import dev.tocsin.model.alert.AlertState;
import dev.tocsin.model.text.PromDuration;
import dev.tocsin.rules.file.AlertRule;
import dev.tocsin.rules.file.RecordingRule;
import dev.tocsin.rules.file.RuleGroup;
import dev.tocsin.rules.file.TextEntry;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Compares the alerts that fire with those that should.
final class AlertCheck {
  private static final String ALERT_NAME = "alertname";
  private static final String INDENT = "            ";

  private final List<RuleGroup> groups;
  private final String testName;
  private final boolean diff;

  /// @param groups that run, in the order of the engine's
  AlertCheck(List<RuleGroup> groups, String testName, boolean diff) {
    this.groups = groups;
    this.testName = testName;
    this.diff = diff;
  }

  /// Returns what is wrong, or the empty text.
  String failure(AlertCase test, EngineView view) {
    List<AlertText> expected = new ArrayList<>();
    for (ExpectedAlert alert : test.alerts()) {
      Map<String, String> labels = new HashMap<>(alert.labels());
      labels.put(ALERT_NAME, test.alertName());
      expected.add(new AlertText(Pairs.of(labels), Pairs.of(alert.annotations())));
    }
    List<AlertText> got = firing(test.alertName(), view);
    expected.sort(AlertText.ORDER);
    got.sort(AlertText.ORDER);
    return expected.equals(got) ? "" : failure(test, expected, got);
  }

  private List<AlertText> firing(String name, EngineView view) {
    List<AlertText> firing = new ArrayList<>();
    for (int g = 0; g < groups.size(); g++) {
      RuleGroup group = groups.get(g);
      for (int r = 0; r < group.rules().size(); r++) {
        switch (group.rules().get(r)) {
          case RecordingRule _ -> {}
          case AlertRule rule -> {
            if (rule.name().equals(name)) {
              add(rule, view.groups().get(g).rules().get(r), firing);
            }
          }
        }
      }
    }
    return firing;
  }

  /// An annotation whose text came out empty is there, as with Prometheus.
  private static void add(AlertRule rule, EngineView.Rule seen, List<AlertText> firing) {
    for (EngineView.Alert alert : seen.alerts()) {
      if (alert.state() == AlertState.FIRING) {
        Map<String, String> annotations = new HashMap<>(alert.annotations().toMap());
        for (TextEntry entry : rule.annotationTexts()) {
          annotations.putIfAbsent(entry.name(), "");
        }
        firing.add(new AlertText(Pairs.of(alert.labels()), Pairs.of(annotations)));
      }
    }
  }

  private String failure(AlertCase test, List<AlertText> expected, List<AlertText> got) {
    String head =
        (testName.isEmpty() ? "" : "    name: " + testName + ",\n")
            + "    alertname: "
            + test.alertName()
            + ", time: "
            + PromDuration.format(test.atMs())
            + ", \n";
    if (diff) {
      String text = ColoredDiff.of(json(expected), json(got));
      return head + "        diff: " + AlertText.indented(text, INDENT);
    }
    return head
        + "        exp:"
        + AlertText.indented(AlertText.list(expected), INDENT)
        + ", \n        got:"
        + AlertText.indented(AlertText.list(got), INDENT);
  }

  /// No alert shows as one of nothing.
  private static JsonTree json(List<AlertText> alerts) {
    AlertText nothing = new AlertText(Pairs.of(Map.of()), Pairs.of(Map.of()));
    return AlertText.json(alerts.isEmpty() ? List.of(nothing) : alerts);
  }
}

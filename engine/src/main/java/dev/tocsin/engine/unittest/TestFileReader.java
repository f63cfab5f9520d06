package dev.tocsin.engine.unittest;

import dev.tocsin.engine.unittest.TestFile.AlertCase;
import dev.tocsin.engine.unittest.TestFile.ExpectedAlert;
import dev.tocsin.engine.unittest.TestFile.ExpectedSample;
import dev.tocsin.engine.unittest.TestFile.ExprCase;
import dev.tocsin.engine.unittest.TestFile.Group;
import dev.tocsin.engine.unittest.TestFile.Series;
import dev.tocsin.engine.unittest.TestFile.Text;
import dev.tocsin.model.labels.Labels;
import dev.tocsin.model.problem.Problems;
import dev.tocsin.yaml.Fields;
import dev.tocsin.yaml.Node;
import dev.tocsin.yaml.YamlReader;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.Set;

/// Reads a test file strictly.
final class TestFileReader {
  private static final long MINUTE_MS = 60_000;

  private final String file;

  private TestFileReader(String file) {
    this.file = file;
  }

  /// What it returns may be used only where there are no problems.
  static TestFile read(String file, String text, Problems problems) {
    return new TestFileReader(file).file(text, problems);
  }

  private TestFile file(String text, Problems problems) {
    Optional<YamlReader.Document> document = YamlReader.read(file, text, problems);
    if (document.isEmpty()) {
      return new TestFile(file, List.of(), MINUTE_MS, List.of(), false, List.of());
    }
    Fields fields = Fields.of(file, document.get().root(), "", problems);
    List<Node.Scalar> ruleFiles = fields.texts("rule_files");
    long intervalMs = intervalMs(fields, "evaluation_interval", MINUTE_MS);
    List<String> order = groupOrder(fields);
    boolean fuzzy = fields.bool("fuzzy_compare", false);
    List<Group> tests = new ArrayList<>();
    for (Fields test : fields.mappings("tests")) {
      tests.add(test(test, intervalMs));
    }
    fields.done();
    return new TestFile(file, ruleFiles, intervalMs, order, fuzzy, tests);
  }

  private static List<String> groupOrder(Fields fields) {
    List<String> order = new ArrayList<>();
    Set<String> seen = new HashSet<>();
    for (Node.Scalar name : fields.texts("group_eval_order")) {
      if (!seen.add(name.text())) {
        String message = "group name repeated in evaluation order: " + name.text();
        fields.problem(name, "group_eval_order", message, "name it once");
      }
      order.add(name.text());
    }
    return order;
  }

  /// Zero is as good as absent.
  private static long intervalMs(Fields fields, String key, long absentMs) {
    long ms = fields.durationMs(key, 0);
    return ms == 0 ? absentMs : ms;
  }

  private Group test(Fields fields, long evaluationIntervalMs) {
    long intervalMs = intervalMs(fields, "interval", evaluationIntervalMs);
    List<Series> series = new ArrayList<>();
    for (Fields one : fields.mappings("input_series")) {
      series.add(new Series(text(one, "series"), text(one, "values")));
      one.done();
    }
    List<AlertCase> alerts = new ArrayList<>();
    for (Fields one : fields.mappings("alert_rule_test")) {
      alerts.add(alertCase(one));
    }
    List<ExprCase> exprs = new ArrayList<>();
    for (Fields one : fields.mappings("promql_expr_test")) {
      exprs.add(exprCase(one));
    }
    Labels external = Labels.of(fields.strings("external_labels"));
    String url = fields.string("external_url", "");
    String name = fields.string("name", "");
    long startMs = startMs(fields);
    fields.done();
    return new Group(name, intervalMs, startMs, series, external, url, alerts, exprs);
  }

  private static Text text(Fields fields, String key) {
    Node place = fields.place();
    return fields
        .scalar(key)
        .map(scalar -> new Text(scalar.text(), scalar))
        .orElse(new Text("", place));
  }

  private static AlertCase alertCase(Fields fields) {
    long atMs = fields.durationMs("eval_time", 0);
    String name = fields.string("alertname", "");
    List<ExpectedAlert> alerts = new ArrayList<>();
    for (Fields one : fields.mappings("exp_alerts")) {
      alerts.add(new ExpectedAlert(one.strings("exp_labels"), one.strings("exp_annotations")));
      one.done();
    }
    fields.done();
    return new AlertCase(atMs, name, alerts);
  }

  private static ExprCase exprCase(Fields fields) {
    String expr = fields.string("expr", "");
    long atMs = fields.durationMs("eval_time", 0);
    List<ExpectedSample> samples = new ArrayList<>();
    for (Fields one : fields.mappings("exp_samples")) {
      String labels = one.string("labels", "");
      samples.add(new ExpectedSample(labels, value(one), one.string("histogram", "")));
      one.done();
    }
    fields.done();
    return new ExprCase(expr, atMs, samples);
  }

  private static double value(Fields fields) {
    Optional<Node.Scalar> scalar = fields.scalar("value");
    if (scalar.isEmpty()) {
      return 0;
    }
    OptionalDouble number = scalar.get().quoted() ? OptionalDouble.empty() : number(scalar.get());
    if (number.isEmpty()) {
      String message = "\"" + scalar.get().text() + "\" is not a number";
      String hint = "write it without quotes; infinity is .inf";
      fields.problem(scalar.get(), fields.path("value"), message, hint);
    }
    return number.orElse(0);
  }

  private static OptionalDouble number(Node.Scalar scalar) {
    return YamlNumber.parse(scalar.text());
  }

  private static long startMs(Fields fields) {
    Optional<Node.Scalar> scalar = fields.scalar("start_timestamp");
    if (scalar.isEmpty()) {
      return 0;
    }
    OptionalLong ms = StartTime.parse(scalar.get().text());
    if (ms.isEmpty()) {
      String message = "\"" + scalar.get().text() + "\" is not a time";
      String hint = "write Unix seconds, or a time as 2026-11-25T08:00:00Z";
      fields.problem(scalar.get(), fields.path("start_timestamp"), message, hint);
    }
    return ms.orElse(0);
  }
}

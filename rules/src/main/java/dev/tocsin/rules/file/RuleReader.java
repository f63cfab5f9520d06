package dev.tocsin.rules.file;

import dev.tocsin.promql.ast.Expr;
import dev.tocsin.promql.ast.ValueType;
import dev.tocsin.promql.parse.ParseException;
import dev.tocsin.promql.parse.PromqlParser;
import dev.tocsin.promql.print.Printer;
import dev.tocsin.rules.template.Template;
import dev.tocsin.rules.template.TemplateException;
import dev.tocsin.yaml.Fields;
import dev.tocsin.yaml.Node;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// Reads one rule.
final class RuleReader {
  private static final List<String> ALERT_ONLY = List.of("for", "keep_firing_for", "annotations");

  private final Reading reading;
  private final Fields fields;
  private final String group;
  private final Texts groupLabels;

  RuleReader(Reading reading, Fields fields, String group, Texts groupLabels) {
    this.reading = reading;
    this.fields = fields;
    this.group = group;
    this.groupLabels = groupLabels;
  }

  /// Empty where the rule is too wrong to be built; then there is a problem.
  Optional<Rule> read() {
    int before = reading.problems().count();
    Optional<Node.Scalar> record = given("record");
    Optional<Node.Scalar> alert = given("alert");
    Optional<Expr> expr = expression();
    Texts labels = Texts.of(reading, fields, "labels");
    labels.checkLabels();
    Optional<Rule> rule = Optional.empty();
    if (record.isPresent() == alert.isPresent()) {
      neitherOrBoth(record, alert);
      ALERT_ONLY.forEach(fields::take);
    } else if (record.isPresent()) {
      rule = Optional.of(recording(record.get(), labels, expr));
    } else {
      rule = Optional.of(alerting(alert.orElseThrow(), labels, expr));
    }
    reading.done(fields);
    return reading.problems().count() == before ? rule : Optional.empty();
  }

  private Optional<Node.Scalar> given(String key) {
    return fields.scalar(key).filter(scalar -> !scalar.text().isEmpty());
  }

  private void neitherOrBoth(Optional<Node.Scalar> record, Optional<Node.Scalar> alert) {
    if (record.isEmpty()) {
      String path = fields.path("alert");
      fields.problem(fields.place(), path, "either \"record\" or \"alert\" must be given", "");
    } else {
      Node at = alert.<Node>map(scalar -> scalar).orElse(fields.place());
      String hint = "make two rules of it";
      String message = "only one of \"record\" and \"alert\" may be given";
      fields.problem(at, fields.path("alert"), message, hint);
    }
  }

  private Optional<Expr> expression() {
    Optional<Node.Scalar> scalar = given("expr");
    if (scalar.isEmpty()) {
      String message = "must be given and not be empty";
      fields.problem(fields.place(), fields.path("expr"), message, "");
      return Optional.empty();
    }
    String path = fields.path("expr");
    try {
      Expr expr = PromqlParser.parse(scalar.get().text(), reading.options().expressions());
      if (expr.type() != ValueType.VECTOR && expr.type() != ValueType.SCALAR) {
        String message = "its result is a " + expr.type().word() + ": the rule will always fail";
        reading.warn(scalar.get(), path, message, "a rule needs an instant vector or a scalar");
      }
      return Optional.of(expr);
    } catch (ParseException e) {
      String message = "could not parse expression: " + e.reason();
      reading.inside(scalar.get(), e.start(), path, message);
      return Optional.empty();
    }
  }

  private Rule recording(Node.Scalar name, Texts labels, Optional<Expr> expr) {
    for (String key : ALERT_ONLY) {
      fields
          .take(key)
          .filter(value -> !isNothing(value))
          .ifPresent(
              value -> {
                String message = "is not allowed in a recording rule";
                fields.problem(value, fields.path(key), message, "only alerts have it");
              });
    }
    String text = name.text();
    if (!reading.names().isMetric(text)) {
      String message = "\"" + text + "\" is not a valid metric name";
      fields.problem(name, fields.path("record"), message, "");
    } else if (text.indexOf('{') >= 0 || text.indexOf('}') >= 0) {
      String message = "braces in the name \"" + text + "\"";
      fields.problem(name, fields.path("record"), message, "put the labels under \"labels\"");
    }
    List<TextEntry> all = new ArrayList<>();
    merged(labels).forEach((key, value) -> all.add(new TextEntry(key, Texts.text(value))));
    return new RecordingRule(text, expr.orElse(NOTHING), printed(expr), all);
  }

  private static final Expr NOTHING =
      new Expr.NumberLiteral(0, false, dev.tocsin.promql.ast.Span.NONE);

  private static String printed(Optional<Expr> expr) {
    return expr.map(Printer::print).orElse("");
  }

  /// As Prometheus sees it: a duration of zero and an empty mapping are not there.
  private static boolean isNothing(Node value) {
    return switch (value) {
      case Node.Scalar scalar -> scalar.isNull() || scalar.text().matches("0(y|w|d|h|m|s|ms)?");
      case Node.Mapping mapping -> mapping.entries().isEmpty();
      case Node.Sequence _ -> false;
    };
  }

  private Rule alerting(Node.Scalar name, Texts labels, Optional<Expr> expr) {
    String template = "__alert_" + name.text();
    long forMs = fields.durationMs("for", 0);
    long keepFiringForMs = fields.durationMs("keep_firing_for", 0);
    Texts annotations = Texts.of(reading, fields, "annotations");
    annotations.checkAnnotations();
    if (!Names.isUtf8(name.text())) {
      fields.problem(name, fields.path("alert"), "the name is not valid UTF-8", "");
    }
    return new AlertRule(
        name.text(),
        expr.orElse(NOTHING),
        printed(expr),
        forMs,
        keepFiringForMs,
        templates(template, merged(labels), labels),
        templates(template, new TreeMap<>(annotations.entries()), annotations));
  }

  /// The group's labels and the rule's, which win.
  private Map<String, Node.Scalar> merged(Texts labels) {
    Map<String, Node.Scalar> all = new TreeMap<>(groupLabels.entries());
    all.putAll(labels.entries());
    return all;
  }

  private List<TemplateEntry> templates(
      String template, Map<String, Node.Scalar> texts, Texts from) {
    List<TemplateEntry> all = new ArrayList<>();
    texts.forEach(
        (name, scalar) -> {
          String text = Texts.text(scalar);
          try {
            all.add(new TemplateEntry(name, text, Template.parse(template, text)));
          } catch (TemplateException e) {
            Texts owner = from.entries().containsKey(name) ? from : groupLabels;
            String message = "group \"" + group + "\": " + e.getMessage();
            reading.inside(scalar, e.line(), e.column(), owner.where(name), message);
          }
        });
    return all;
  }
}

package dev.tocsin.rules.lint;

import dev.tocsin.model.text.PromDuration;
import dev.tocsin.promql.ast.Expr;
import dev.tocsin.promql.print.Printer;
import dev.tocsin.rules.file.AlertRule;
import dev.tocsin.rules.file.Rule;
import dev.tocsin.rules.file.RuleFile;
import dev.tocsin.rules.file.RuleGroup;
import dev.tocsin.rules.file.RulePlaces;
import dev.tocsin.rules.file.RulePlaces.Place;
import dev.tocsin.rules.file.TextEntry;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Looks through the rules of one file. Pure.
public final class Linter {
  private final RuleFile file;
  private final RulePlaces places;
  private final LintOptions options;
  private final List<Finding> findings = new ArrayList<>();

  /// By name and labels: where it was first.
  private final Map<String, Place> known = new HashMap<>();

  private Linter(RuleFile file, RulePlaces places, LintOptions options) {
    this.file = file;
    this.places = places;
    this.options = options;
  }

  /// In the order of the file, except within one rule.
  ///
  /// @param file read without a problem
  /// @param text what it was read from
  public static List<Finding> lint(RuleFile file, String text, LintOptions options) {
    Linter linter = new Linter(file, RulePlaces.of(file.name(), text), options);
    for (int group = 0; group < file.groups().size(); group++) {
      linter.group(group);
    }
    return List.copyOf(linter.findings);
  }

  private void group(int number) {
    RuleGroup group = file.groups().get(number);
    for (int i = 0; i < group.rules().size(); i++) {
      Rule rule = group.rules().get(i);
      Report report = new Report(file.name(), places, number, i, rule, options, findings);
      duplicate(report);
      pointlessLabels(report);
      if (rule instanceof AlertRule alert) {
        shortFor(alert, group, report);
      }
      Pieces.forEach(rule.expr(), piece -> piece(piece, report));
      parts(report);
    }
  }

  private static void piece(Expr piece, Report report) {
    Contradictions.check(piece, report);
    Ranges.check(piece, report);
    Quantiles.check(piece, report);
    Meetings.check(piece, report);
    Comparisons.check(piece, report);
  }

  /// As promtool compares: whether it is an alert does not matter, nor does the expression.
  private void duplicate(Report report) {
    Rule rule = report.rule();
    StringBuilder key = new StringBuilder(rule.name());
    for (TextEntry label : rule.labelTexts()) {
      if (!label.text().isEmpty()) {
        key.append('\0').append(label.name()).append('\0').append(label.text());
      }
    }
    Place first = known.putIfAbsent(key.toString(), report.place());
    if (first != null) {
      String message = "the rule in line " + first.line() + " has the same name and labels";
      String hint = "rename one of them or give it another label: their series are the same";
      report.add(Check.DUPLICATE_RULES, message, hint);
    }
  }

  private static void pointlessLabels(Report report) {
    if (report.rule() instanceof AlertRule alert) {
      for (TextEntry label : alert.labelTexts()) {
        if (label.name().equals("alertname")) {
          String message = "the label alertname is overwritten with the alert's name";
          report.addAtLabel(Check.POINTLESS_LABEL, "alertname", message, "remove it");
        }
      }
    }
  }

  private static void shortFor(AlertRule alert, RuleGroup group, Report report) {
    LintOptions options = report.options();
    long evaluationMs = group.intervalMs().orElse(options.evaluationIntervalMs());
    long scrapeMs = options.scrapeIntervalMs();
    long forMs = alert.forMs();
    if (forMs <= 0 || forMs >= Math.max(evaluationMs, scrapeMs)) {
      return;
    }
    boolean evaluation = forMs < evaluationMs;
    String interval = PromDuration.format(evaluation ? evaluationMs : scrapeMs);
    String message =
        evaluation
            ? "is shorter than the evaluation interval of "
                + interval
                + ": Prometheus fires no sooner than with for: "
                + interval
            : "is shorter than the scrape interval of "
                + interval
                + ": one and the same sample makes it pending and firing";
    String hint =
        evaluation
            ? "write for: " + interval + ", or give the group a shorter interval"
            : "write at least for: " + PromDuration.format(2 * scrapeMs) + ", or leave it out";
    report.addAt(
        Check.SHORT_FOR, "for", "for: " + PromDuration.format(forMs) + " " + message, hint);
  }

  private void parts(Report report) {
    Rule rule = report.rule();
    Parts parts = options.parts().apply(rule);
    Cost cost = Cost.of(rule.expr(), parts, options);
    Expr cause = parts.cause();
    if (cause != null && cost.kind() != Cost.Kind.CONSTANT) {
      String message =
          "is evaluated over all its series whenever one of them changes: "
              + Printer.print(cause)
              + " cannot be split by a label";
      String hint = "where it is meant per label, aggregate by (...) and match on (...) it";
      report.add(Check.WHOLE_EVALUATION, cause, message, hint);
    }
    report.add(Check.COST, cost.shown(parts, options), "");
  }
}

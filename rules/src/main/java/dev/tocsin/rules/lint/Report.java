package dev.tocsin.rules.lint;

import dev.tocsin.model.problem.Problem;
import dev.tocsin.promql.ast.Expr;
import dev.tocsin.rules.file.AlertRule;
import dev.tocsin.rules.file.Rule;
import dev.tocsin.rules.file.RulePlaces;
import dev.tocsin.rules.file.RulePlaces.Place;
import java.util.List;

/// Takes the findings of one rule.
final class Report {
  private final String file;
  private final RulePlaces places;
  private final int group;
  private final int index;
  private final Rule rule;
  private final LintOptions options;
  private final List<Finding> findings;

  Report(
      String file,
      RulePlaces places,
      int group,
      int index,
      Rule rule,
      LintOptions options,
      List<Finding> findings) {
    this.file = file;
    this.places = places;
    this.group = group;
    this.index = index;
    this.rule = rule;
    this.options = options;
    this.findings = findings;
  }

  Rule rule() {
    return rule;
  }

  LintOptions options() {
    return options;
  }

  /// Line and column of the rule's name.
  Place place() {
    return places.of(group, index, rule instanceof AlertRule ? "alert" : "record");
  }

  /// About a piece of the expression.
  void add(Check check, Expr at, String message, String hint) {
    add(check, places.inExpression(group, index, at.span().start()), message, hint);
  }

  /// About the value of a key.
  void addAt(Check check, String key, String message, String hint) {
    add(check, places.of(group, index, key), message, hint);
  }

  void addAtLabel(Check check, String label, String message, String hint) {
    add(check, places.ofLabel(group, index, label), message, hint);
  }

  /// About the rule as a whole.
  void add(Check check, String message, String hint) {
    add(check, place(), message, hint);
  }

  private void add(Check check, Place place, String message, String hint) {
    if (options.checks().contains(check)) {
      String title = (rule instanceof AlertRule ? "alert \"" : "record \"") + rule.name() + "\"";
      findings.add(
          new Finding(
              check, title, new Problem(file, place.line(), place.column(), "", message, hint)));
    }
  }
}

package dev.tocsin.agent.explain;

import dev.tocsin.agent.explain.Decisions.Decision;
import dev.tocsin.agent.explain.Explanation.Step;
import dev.tocsin.deliver.outbox.DeliveryRecord;
import dev.tocsin.engine.EngineView;
import dev.tocsin.model.alert.AlertEvent;
import dev.tocsin.model.alert.AlertState;
import dev.tocsin.model.alert.Evidence;
import dev.tocsin.model.alert.StageTimes;
import dev.tocsin.model.input.RuleSettings.Mode;
import dev.tocsin.model.labels.Labels;
import dev.tocsin.promql.ast.Expr;
import dev.tocsin.promql.data.SeriesSource;
import dev.tocsin.promql.eval.EvalOptions;
import dev.tocsin.promql.eval.Evaluator;
import dev.tocsin.promql.feature.Features;
import dev.tocsin.promql.parse.ParseException;
import dev.tocsin.promql.parse.PromqlParser;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.function.Function;

/// Explains the alerts of a name: those that are pending or fire, then those that a receiver was
/// told of lately, and the rule alone where there are none. Any thread.
///
/// @param sources the series, for one query of a rule's part each; its argument ends it
/// @param features of the language that are on
/// @param options of the evaluation of rules
/// @param mode which clocks decide
public record Explainer(
    Function<BooleanSupplier, SeriesSource> sources,
    Features features,
    EvalOptions options,
    Mode mode) {
  /// Alerts explained at once; further ones are only counted.
  public static final int EXPLAINED_MAX = 5;

  /// @param more alerts that were left out
  public record Answer(List<Explanation> explained, int more, Mode mode) {
    public Answer {
      explained = List.copyOf(explained);
    }
  }

  /// What is asked for.
  ///
  /// @param labels that the alert has
  public record Question(String alert, Labels labels) {
    private boolean asksFor(Labels other) {
      boolean[] all = {true};
      labels.forEach((name, value) -> all[0] &= other.get(name).equals(value));
      return all[0];
    }
  }

  /// What an alert or the memory of one says.
  private record Subject(
      EngineView.Group group,
      EngineView.Rule rule,
      Labels labels,
      Labels annotations,
      AlertState state,
      double value,
      long activeAtMs,
      long firedAtMs,
      long resolvedAtMs,
      long keepFiringSinceMs,
      Evidence evidence) {}

  /// @param decisions the last ones, newest last
  /// @param deliveries the last ones, newest last
  /// @param cancelled asked again and again; true ends it
  public Answer explain(
      Question question,
      EngineView view,
      List<Decision> decisions,
      List<DeliveryRecord> deliveries,
      BooleanSupplier cancelled) {
    List<Subject> subjects = new ArrayList<>();
    Set<Labels> seen = new HashSet<>();
    for (EngineView.Group group : view.groups()) {
      for (EngineView.Rule rule : group.rules()) {
        if (isAlert(rule, question.alert)) {
          rule.alerts().stream()
              .filter(alert -> question.asksFor(alert.labels()) && seen.add(alert.labels()))
              .forEach(alert -> subjects.add(active(group, rule, alert)));
        }
      }
    }
    for (Decision decision : decisions.reversed()) {
      AlertEvent event = decision.event();
      if (event.name().equals(question.alert)
          && question.asksFor(event.labels())
          && seen.add(event.labels())) {
        told(view, event, subjects);
      }
    }
    if (subjects.isEmpty() && question.labels.isEmpty()) {
      rules(view, question.alert, subjects);
    }
    List<Explanation> explained =
        subjects.stream()
            .limit(EXPLAINED_MAX)
            .map(subject -> explain(subject, decisions, deliveries, cancelled))
            .toList();
    return new Answer(explained, subjects.size() - explained.size(), mode);
  }

  private static boolean isAlert(EngineView.Rule rule, String name) {
    return rule.kind() == EngineView.Kind.ALERTING && rule.name().equals(name);
  }

  private static Subject active(
      EngineView.Group group, EngineView.Rule rule, EngineView.Alert alert) {
    return new Subject(
        group,
        rule,
        alert.labels(),
        alert.annotations(),
        alert.state(),
        alert.value(),
        alert.activeAtMs(),
        alert.firedAtMs(),
        0,
        alert.keepFiringSinceMs(),
        alert.evidence());
  }

  /// An alert of which there is only what was told; not where its rule is gone.
  private static void told(EngineView view, AlertEvent event, List<Subject> into) {
    for (EngineView.Group group : view.groups()) {
      for (EngineView.Rule rule : group.rules()) {
        if (group.name().equals(event.group())
            && isAlert(rule, event.name())
            && rule.query().equals(event.expression())) {
          into.add(
              new Subject(
                  group,
                  rule,
                  event.labels(),
                  event.annotations(),
                  AlertState.INACTIVE,
                  event.value(),
                  event.activeAtMs(),
                  event.firedAtMs(),
                  event.resolvedAtMs(),
                  0,
                  event.evidence()));
          return;
        }
      }
    }
  }

  private static void rules(EngineView view, String name, List<Subject> into) {
    for (EngineView.Group group : view.groups()) {
      for (EngineView.Rule rule : group.rules()) {
        if (isAlert(rule, name)) {
          Labels none = Labels.empty();
          AlertState state = AlertState.INACTIVE;
          into.add(
              new Subject(group, rule, none, none, state, Double.NaN, 0, 0, 0, 0, Evidence.NONE));
        }
      }
    }
  }

  private Explanation explain(
      Subject subject,
      List<Decision> decisions,
      List<DeliveryRecord> deliveries,
      BooleanSupplier cancelled) {
    long judgedMs = judgedMs(subject);
    String threshold = "";
    List<Step> steps = List.of();
    Evidence evidence = subject.evidence;
    try {
      Expr expr = PromqlParser.parse(subject.rule.query(), features.parseOptions());
      threshold = Intermediate.threshold(expr);
      if (judgedMs > 0) {
        long queryMs = judgedMs - subject.group.queryOffsetMs();
        Intermediate parts = parts(subject, queryMs, cancelled);
        steps = parts.of(expr);
        if (subject.firedAtMs == 0) {
          evidence =
              new Reads(sources.apply(cancelled), parts::fits)
                  .of(parts.selectors(), queryMs - options.lookbackMs(), queryMs);
        }
      }
    } catch (ParseException e) {
      // The rule runs, so its expression can be read; if not, its values are all that is missing.
      steps =
          List.of(
              new Step(0, subject.rule.query(), List.of(), 0, 0, String.valueOf(e.getMessage())));
    }
    List<DeliveryRecord> own =
        deliveries.stream()
            .filter(record -> record.event().labels().equals(subject.labels))
            .filter(record -> record.event().firedAtMs() == subject.firedAtMs)
            .toList();
    return new Explanation(
        subject.group,
        subject.rule,
        subject.labels,
        subject.annotations,
        subject.state,
        subject.value,
        subject.activeAtMs,
        subject.firedAtMs,
        subject.resolvedAtMs,
        subject.keepFiringSinceMs,
        evidence,
        judgedMs,
        threshold,
        steps,
        stages(subject, decisions),
        own);
  }

  /// The last evaluation, or what came after it.
  private static long judgedMs(Subject subject) {
    if (subject.resolvedAtMs > 0) {
      return subject.resolvedAtMs;
    }
    long firedMs = subject.state == AlertState.FIRING ? subject.firedAtMs : 0;
    return Math.max(subject.group.lastEvaluationMs(), firedMs);
  }

  private Intermediate parts(Subject subject, long queryMs, BooleanSupplier cancelled) {
    EvalOptions how = options.withCancelled(cancelled);
    Set<String> own = new HashSet<>(Set.of("alertname"));
    subject.rule.labels().forEach((name, _) -> own.add(name));
    return new Intermediate(
        part -> new Evaluator(sources.apply(cancelled), how).instant(part, queryMs).value(),
        subject.labels,
        own);
  }

  /// Of the decision that made it what it is; where that is forgotten what its evidence says.
  private static StageTimes stages(Subject subject, List<Decision> decisions) {
    AlertEvent.Kind kind =
        subject.resolvedAtMs > 0 ? AlertEvent.Kind.RESOLVED : AlertEvent.Kind.FIRING;
    for (Decision decision : decisions.reversed()) {
      AlertEvent event = decision.event();
      if (event.kind() == kind
          && event.labels().equals(subject.labels)
          && event.firedAtMs() == subject.firedAtMs) {
        return decision.times();
      }
    }
    Evidence evidence = subject.evidence;
    return new StageTimes(
        evidence.sampleTimeMs() * 1_000_000, evidence.receivedNanos(), 0, 0, 0, 0);
  }
}

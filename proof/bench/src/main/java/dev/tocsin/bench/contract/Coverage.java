package dev.tocsin.bench.contract;

import dev.tocsin.bench.contract.check.Moment;
import dev.tocsin.bench.contract.script.FileText;
import dev.tocsin.bench.contract.script.Script;
import dev.tocsin.bench.contract.script.Step;
import dev.tocsin.bench.contract.seen.AlertSeen;
import dev.tocsin.bench.contract.seen.GroupSeen;
import dev.tocsin.bench.contract.seen.RuleSeen;
import dev.tocsin.bench.contract.seen.Told;
import dev.tocsin.bench.report.Table;
import dev.tocsin.model.alert.AlertState;
import dev.tocsin.model.input.Input;
import dev.tocsin.model.problem.Problems;
import dev.tocsin.promql.ast.AggregateOp;
import dev.tocsin.promql.ast.BinaryOp;
import dev.tocsin.promql.parse.Functions;
import dev.tocsin.rules.file.AlertRule;
import dev.tocsin.rules.file.RecordingRule;
import dev.tocsin.rules.file.Rule;
import dev.tocsin.rules.file.RuleFileReader;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/// What the cases had in them: how many cases use a feature of the language, and how often each
/// thing happened.
public final class Coverage {
  private final Map<String, Long> features = new TreeMap<>();
  private final Map<String, Long> happened = new TreeMap<>();
  private long cases;
  private Map<List<Object>, AlertState> states = Map.of();

  private void happen(String what) {
    happened.merge(what, 1L, Long::sum);
  }

  public long cases() {
    return cases;
  }

  /// That some case has used so far, as `kind name`.
  public Set<String> features() {
    return features.keySet();
  }

  /// How often it happened.
  public long count(String what) {
    return happened.getOrDefault(what, 0L);
  }

  void add(Script script) {
    cases++;
    states = Map.of();
    Set<String> found = new HashSet<>();
    boolean first = true;
    for (Step step : script.steps()) {
      happen("input " + step.getClass().getSimpleName() + (step.busy() ? ", busy before" : ""));
      if (step instanceof Step.Load load) {
        happen(first ? "first rules" : "reload");
        first = false;
        load.files().forEach(file -> rules(file, found));
      }
    }
    found.forEach(feature -> features.merge(feature, 1L, Long::sum));
  }

  private static void rules(FileText file, Set<String> found) {
    Problems problems = new Problems();
    RuleFileReader.read(file.name(), file.yaml(), problems)
        .groups()
        .forEach(group -> group.rules().forEach(rule -> rule(rule, found)));
    if (!problems.isEmpty()) {
      found.add("rules with a mistake");
    }
  }

  private static void rule(Rule rule, Set<String> found) {
    Features.of(rule.expr(), found);
    switch (rule) {
      case RecordingRule _ -> found.add("rule record");
      case AlertRule alert -> {
        found.add("rule alert" + (alert.forMs() > 0 ? " with for" : ""));
        if (alert.keepFiringForMs() > 0) {
          found.add("rule alert with keep_firing_for");
        }
        if (!alert.hasConstantLabels()) {
          found.add("rule alert with templates in labels");
        }
        if (!alert.hasPureAnnotations()) {
          found.add("rule alert with queries in annotations");
        }
      }
    }
  }

  void saw(Input input, Moment moment) {
    happen("all inputs");
    for (Told told : moment.actual()) {
      happen("told " + told.kind());
    }
    if (!(input instanceof Input.Tick)) {
      return;
    }
    Map<List<Object>, AlertState> now = new HashMap<>();
    for (GroupSeen group : moment.after()) {
      for (int i = 0; i < group.rules().size(); i++) {
        RuleSeen rule = group.rules().get(i);
        happen("rule " + rule.health());
        for (AlertSeen alert : rule.alerts()) {
          now.put(List.of(group.file(), group.name(), i, alert.labels()), alert.state());
          if (alert.keepFiringSinceMs() != 0) {
            happen("alert kept firing");
          }
        }
      }
    }
    transitions(now);
  }

  private void transitions(Map<List<Object>, AlertState> now) {
    Set<List<Object>> all = new HashSet<>(states.keySet());
    all.addAll(now.keySet());
    for (List<Object> who : all) {
      AlertState from = states.getOrDefault(who, AlertState.INACTIVE);
      AlertState to = now.getOrDefault(who, AlertState.INACTIVE);
      if (from != to) {
        happen("alert from " + from.word() + " to " + to.word());
      }
    }
    states = now;
  }

  public Table happenedTable() {
    Table table = Table.of("happened", "times");
    happened.forEach((what, times) -> table.row(what, Long.toString(times)));
    return table;
  }

  /// Functions, aggregations and operators that no case used; those that are experimental left out.
  public List<String> unused() {
    List<String> all = new ArrayList<>();
    Functions.list().stream()
        .filter(function -> !function.experimental())
        .forEach(function -> all.add("function " + function.name()));
    for (AggregateOp op : AggregateOp.values()) {
      if (!op.isExperimental()) {
        all.add("aggregation " + op.word());
      }
    }
    for (BinaryOp op : BinaryOp.values()) {
      all.add("operator " + op.sign());
    }
    all.removeAll(features.keySet());
    all.sort(Comparator.naturalOrder());
    return all;
  }

  /// `feature (cases)`, those of one kind in a line.
  public List<String> featureLines() {
    Map<String, String> byKind =
        features.entrySet().stream()
            .collect(
                Collectors.groupingBy(
                    entry -> entry.getKey().split(" ", 2)[0],
                    TreeMap::new,
                    Collectors.mapping(
                        entry -> entry.getKey().split(" ", 2)[1] + " " + entry.getValue(),
                        Collectors.joining(", "))));
    return byKind.entrySet().stream().map(e -> "* " + e.getKey() + ": " + e.getValue()).toList();
  }
}

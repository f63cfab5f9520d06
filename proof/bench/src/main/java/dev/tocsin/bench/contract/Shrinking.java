package dev.tocsin.bench.contract;

import dev.tocsin.bench.contract.script.FileText;
import dev.tocsin.bench.contract.script.GroupText;
import dev.tocsin.bench.contract.script.RuleText;
import dev.tocsin.bench.contract.script.Sample;
import dev.tocsin.bench.contract.script.Script;
import dev.tocsin.bench.contract.script.Step;
import dev.tocsin.model.labels.Labels;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;

/// Makes a case smaller as long as it still fails: fewer steps, rules, lines of rules, series and
/// samples.
final class Shrinking {
  /// Runs of a case; then what there is has to do.
  private static final int RUNS_MAX = 1500;

  private final Predicate<Script> fails;
  private Script script;
  private int runs;

  /// @param script a case that fails
  Shrinking(Script script, Predicate<Script> fails) {
    this.script = script;
    this.fails = fails;
  }

  Script smallest() {
    Script before;
    do {
      before = script;
      simplify();
      fewerSteps();
      fewerRules();
      fewerSeries();
      fewerSamples();
    } while (!before.equals(script) && runs < RUNS_MAX);
    return script;
  }

  private boolean take(Script other) {
    if (runs >= RUNS_MAX || other.equals(script)) {
      return false;
    }
    runs++;
    boolean still = fails.test(other);
    script = still ? other : script;
    return still;
  }

  private void simplify() {
    long number = script.number();
    List<Step> steps = script.steps();
    take(new Script(script.seed(), number, true, script.lateMs(), script.copyAt(), steps));
    take(new Script(script.seed(), number, script.aligned(), 0, script.copyAt(), steps));
    take(
        new Script(
            script.seed(), number, script.aligned(), script.lateMs(), Integer.MAX_VALUE, steps));
  }

  private void fewerSteps() {
    for (int size = Math.max(1, script.steps().size() / 2); size > 0; size /= 2) {
      int at = 0;
      while (at < script.steps().size()) {
        List<Step> steps = new ArrayList<>(script.steps());
        steps.subList(at, Math.min(at + size, steps.size())).clear();
        if (!take(script.withSteps(steps))) {
          at += size;
        }
      }
    }
  }

  private void fewerRules() {
    Set<String> groups = new LinkedHashSet<>();
    Set<Integer> ids = new LinkedHashSet<>();
    for (Step step : script.steps()) {
      if (step instanceof Step.Load load) {
        for (FileText file : load.files()) {
          for (GroupText group : file.groups()) {
            groups.add(group.name());
            group.rules().forEach(rule -> ids.add(rule.id()));
          }
        }
      }
    }
    groups.forEach(name -> mapGroups(group -> group.name().equals(name) ? null : group));
    ids.forEach(id -> mapRules(rule -> rule.id() == id ? null : rule));
    for (int id : ids) {
      for (String key : List.of("annotations", "labels", "keep_firing_for", "for")) {
        mapRules(rule -> rule.id() == id ? without(rule, key) : rule);
      }
    }
    for (String key : List.of("labels", "limit", "query_offset")) {
      mapGroups(
          group ->
              new GroupText(
                  group.name(),
                  group.settings().stream().filter(line -> !line.startsWith(key)).toList(),
                  group.rules()));
    }
  }

  private static RuleText without(RuleText rule, String key) {
    return new RuleText(
        rule.id(), rule.lines().stream().filter(line -> !line.startsWith(key + ":")).toList());
  }

  private interface Change<T> {
    /// Null: it goes.
    @org.jspecify.annotations.Nullable
    T of(T one);
  }

  private void mapRules(Change<RuleText> change) {
    mapGroups(group -> group.withRules(changed(group.rules(), change)));
  }

  private static <T> List<T> changed(List<T> all, Change<T> change) {
    List<T> next = new ArrayList<>();
    for (T one : all) {
      T other = change.of(one);
      if (other != null) {
        next.add(other);
      }
    }
    return next;
  }

  private void mapGroups(Change<GroupText> change) {
    List<Step> steps = new ArrayList<>();
    for (Step step : script.steps()) {
      if (step instanceof Step.Load load) {
        List<FileText> files =
            load.files().stream()
                .map(file -> new FileText(file.name(), changed(file.groups(), change)))
                .toList();
        steps.add(load.withFiles(files));
      } else {
        steps.add(step);
      }
    }
    take(script.withSteps(steps));
  }

  private void fewerSeries() {
    Set<Labels> all = new LinkedHashSet<>();
    for (Step step : script.steps()) {
      if (step instanceof Step.Write write) {
        write.samples().forEach(sample -> all.add(sample.labels()));
      }
    }
    for (Labels labels : all) {
      mapSamples(samples -> samples.stream().filter(s -> !s.labels().equals(labels)).toList());
    }
  }

  private void mapSamples(Change<List<Sample>> change) {
    List<Step> steps = new ArrayList<>();
    for (Step step : script.steps()) {
      List<Sample> samples = step instanceof Step.Write write ? change.of(write.samples()) : null;
      steps.add(samples == null ? step : new Step.Write(step.atMs(), step.busy(), samples));
    }
    take(script.withSteps(steps));
  }

  private void fewerSamples() {
    for (int i = 0; i < script.steps().size(); i++) {
      if (script.steps().get(i) instanceof Step.Write write) {
        for (int at = write.samples().size() - 1; at >= 0; at--) {
          List<Step> steps = new ArrayList<>(script.steps());
          List<Sample> left = new ArrayList<>(((Step.Write) steps.get(i)).samples());
          left.remove(at);
          steps.set(i, new Step.Write(write.atMs(), write.busy(), left));
          take(script.withSteps(steps));
        }
      }
    }
  }
}

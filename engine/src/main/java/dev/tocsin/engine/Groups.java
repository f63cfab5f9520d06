package dev.tocsin.engine;

import dev.tocsin.engine.EngineOptions.Slots;
import dev.tocsin.engine.GroupDefinition.RuleDefinition;
import dev.tocsin.model.alert.AlertState;
import dev.tocsin.model.input.RuleSet;
import dev.tocsin.model.input.RuleSet.RuleText;
import dev.tocsin.model.problem.Problems;
import dev.tocsin.promql.ast.Expr.VectorSelector;
import dev.tocsin.rules.alert.Alert;
import dev.tocsin.rules.file.RuleFile;
import dev.tocsin.rules.file.RuleGroup;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// The groups that run, in the order of the rule set. Engine's thread, but for [#all].
final class Groups {
  private static final RuleFile NOTHING = new RuleFile("", List.of(), List.of());

  private final Slots slots;
  private final RuleSource source;
  private final Announcer announcer;
  private final FadingSeries fading;
  private final Agenda agenda = new Agenda();
  private final ParsedFiles files = new ParsedFiles();
  private volatile List<GroupRun> groups = List.of();

  Groups(Slots slots, RuleSource source, Announcer announcer, FadingSeries fading) {
    this.slots = slots;
    this.source = source;
    this.announcer = announcer;
    this.fading = fading;
  }

  /// Any thread.
  List<GroupRun> all() {
    return groups;
  }

  Agenda agenda() {
    return agenda;
  }

  void skipTo(long nowMs) {
    groups.forEach(group -> group.skipTo(nowMs));
    agenda.renew(groups);
  }

  /// Takes over new rules; where the set has a mistake, nothing changes. A group whose definition
  /// is the same runs on; another one with the same name takes over the state of the rules that
  /// have the same name and labels.
  ///
  /// @param problems gets the mistakes
  boolean reload(RuleSet rules, long nowMs, Problems problems) {
    Map<GroupKey, GroupRun> before = new LinkedHashMap<>();
    groups.forEach(group -> before.put(group.key(), group));
    List<GroupRun> next = new ArrayList<>();
    Map<RuleText, RuleFile> read = files.read(rules, problems);
    for (RuleText file : rules.files()) {
      for (RuleGroup group : read.getOrDefault(file, NOTHING).groups()) {
        next.add(group(before, GroupDefinition.of(file.name(), group, rules), group, nowMs));
      }
    }
    checkTwice(next, problems);
    if (!problems.isEmpty()) {
      return false;
    }
    files.keep(rules, read);
    for (GroupRun group : next) {
      GroupRun old = before.remove(group.key());
      if (old != null && old != group) {
        copyState(old, group);
      }
    }
    before.values().forEach(gone -> end(gone, nowMs));
    groups = List.copyOf(next);
    for (int i = 0; i < next.size(); i++) {
      next.get(i).order = i;
    }
    agenda.renew(next);
    next.forEach(group -> group.rules.forEach(rule -> rule.renewed = true));
    List<VectorSelector> selectors = new ArrayList<>();
    next.forEach(group -> group.rules.forEach(rule -> selectors.addAll(rule.selectors)));
    source.remember(selectors);
    return true;
  }

  private GroupRun group(
      Map<GroupKey, GroupRun> before, GroupDefinition definition, RuleGroup group, long nowMs) {
    GroupRun old = before.get(definition.key());
    if (old != null && old.definition.equals(definition)) {
      return old;
    }
    GroupKey key = definition.key();
    SlotGrid grid =
        switch (slots) {
          case SPREAD -> SlotGrid.spread(key.file(), key.name(), definition.intervalMs());
          case ALIGNED -> SlotGrid.aligned(definition.intervalMs());
          case AT_ONCE -> SlotGrid.through(nowMs + 1, definition.intervalMs());
        };
    return new GroupRun(definition, grid, group.rules().stream().map(RuleRun::new).toList(), nowMs);
  }

  /// A file named twice would run its groups twice.
  private static void checkTwice(List<GroupRun> all, Problems problems) {
    Map<GroupKey, GroupRun> seen = new LinkedHashMap<>();
    for (GroupRun group : all) {
      GroupKey key = group.key();
      if (seen.put(key, group) != null && problems.isEmpty()) {
        String message = "the file is there twice in the rule set";
        problems.add(key.file(), 0, 0, "", message, "name it once");
      }
    }
  }

  private void copyState(GroupRun from, GroupRun to) {
    to.become(from.counts());
    to.fading.addAll(from.fading);
    boolean[] taken = new boolean[to.rules.size()];
    for (int i = 0; i < from.rules.size(); i++) {
      RuleRun old = from.rules.get(i);
      int pair = pair(from.definition.rules().get(i), to.definition.rules(), taken);
      if (pair < 0) {
        to.fading.addAll(old.written.values());
        lose(from, old);
      } else {
        taken[pair] = true;
        to.rules.get(pair).written = old.written;
        to.rules.get(pair).become(old.status());
        to.rules.get(pair).becomeEarly(old.early());
        to.rules.get(pair).becomeBlind(old.blind());
      }
    }
  }

  private static int pair(RuleDefinition rule, List<RuleDefinition> others, boolean[] taken) {
    for (int i = 0; i < taken.length; i++) {
      if (!taken[i] && rule.pairsWith(others.get(i))) {
        return i;
      }
    }
    return -1;
  }

  private void lose(GroupRun group, RuleRun rule) {
    for (Alert alert : rule.blind().values()) {
      announcer.lose(group.key(), rule.rule.query(), alert);
    }
    for (Alert alert : rule.early().values()) {
      announcer.lose(group.key(), rule.rule.query(), alert);
    }
    for (Alert alert : rule.alerts().values()) {
      if (alert.state() == AlertState.FIRING) {
        announcer.lose(group.key(), rule.rule.query(), alert);
      }
    }
  }

  /// The group is gone. Its series end two intervals later, if nobody else writes them by then; by
  /// the group's own clock, or whoever does could not go on from where it stopped.
  private void end(GroupRun group, long nowMs) {
    List<Integer> ids = new ArrayList<>(group.fading);
    for (RuleRun rule : group.rules) {
      ids.addAll(rule.written.values());
      lose(group, rule);
    }
    long endMs = nowMs - group.definition.queryOffsetMs();
    fading.add(ids, endMs, nowMs + 2 * group.grid.intervalMs());
  }
}

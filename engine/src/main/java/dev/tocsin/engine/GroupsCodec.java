package dev.tocsin.engine;

import dev.tocsin.model.labels.Labels;
import dev.tocsin.rules.alert.Alert;
import dev.tocsin.rules.alert.AlertCodec;
import dev.tocsin.rules.alert.AlertStep;
import dev.tocsin.rules.file.AlertRule;
import dev.tocsin.rules.file.RecordingRule;
import dev.tocsin.rules.state.StateReader;
import dev.tocsin.rules.state.StateWriter;
import dev.tocsin.store.Store;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// The state of the groups in a checkpoint, in the order of the rules, which come before it.
final class GroupsCodec {
  private GroupsCodec() {}

  static void write(StateWriter out, List<GroupRun> groups) throws IOException {
    out.number(groups.size());
    for (GroupRun group : groups) {
      GroupRun.Counts counts = group.counts();
      out.number(group.nextSlotMs);
      out.number(counts.lastEvaluationMs());
      out.number(counts.evaluations());
      out.number(counts.missed());
      out.flag(group.isWatched);
      out.number(group.slotSeq);
      Ids.write(out, group.fading);
      for (RuleRun rule : group.rules) {
        RuleRun.Status status = rule.status();
        out.text(status.health().word());
        out.text(status.lastError());
        out.number(status.lastEvaluationMs());
        AlertCodec.write(out, status.alerts());
        AlertCodec.write(out, rule.early());
        AlertCodec.write(out, rule.blind());
        Ids.write(out, rule.written.values());
      }
    }
  }

  /// @param version of the engine's checkpoint; up to 2 nothing waits to settle, up to 1 there are
  ///   no early alerts
  static void read(StateReader in, List<GroupRun> groups, Store store, int version)
      throws IOException {
    int count = in.count();
    if (count != groups.size()) {
      throw new IOException("not a checkpoint: " + count + " of " + groups.size() + " groups");
    }
    int series = store.idsEnd();
    for (GroupRun group : groups) {
      group.nextSlotMs = in.number();
      long lastEvaluationMs = in.number();
      long evaluations = in.number();
      group.become(new GroupRun.Counts(lastEvaluationMs, evaluations, in.number()));
      group.isWatched = version > 1 && in.flag();
      group.slotSeq = version > 2 ? in.number() : 0;
      group.fading.addAll(Ids.read(in, series));
      for (RuleRun rule : group.rules) {
        rule.become(status(in, rule));
        if (version > 1) {
          rule.becomeEarly(alerts(in, rule));
          rule.becomeBlind(alerts(in, rule));
        }
        Map<Labels, Integer> written = new LinkedHashMap<>();
        for (int id : Ids.read(in, series)) {
          written.put(store.labels(id), id);
        }
        rule.written = written;
      }
    }
  }

  private static RuleRun.Status status(StateReader in, RuleRun rule) throws IOException {
    Health health = health(in.text());
    String lastError = in.text();
    long lastEvaluationMs = in.number();
    return new RuleRun.Status(health, lastError, lastEvaluationMs, alerts(in, rule));
  }

  private static Map<Labels, Alert> alerts(StateReader in, RuleRun rule) throws IOException {
    return switch (rule.rule) {
      case AlertRule alert -> AlertCodec.read(in, alert);
      case RecordingRule _ -> none(in);
    };
  }

  private static Map<Labels, Alert> none(StateReader in) throws IOException {
    if (in.count() != 0) {
      throw new IOException("not a checkpoint: a recording rule with alerts");
    }
    return AlertStep.noAlerts();
  }

  private static Health health(String word) throws IOException {
    for (Health health : Health.values()) {
      if (health.word().equals(word)) {
        return health;
      }
    }
    throw new IOException("not a checkpoint: a rule's health is \"" + word + "\"");
  }
}

package dev.tocsin.bench.contract.reference;

import dev.tocsin.bench.contract.reference.ReferenceQueries.Failed;
import dev.tocsin.bench.contract.seen.Early;
import dev.tocsin.bench.contract.seen.Expected;
import dev.tocsin.model.alert.AlertEvent.Kind;
import dev.tocsin.model.alert.AlertState;
import dev.tocsin.model.batch.StaleMarker;
import dev.tocsin.model.histogram.FloatHistogram;
import dev.tocsin.model.input.RuleSet;
import dev.tocsin.model.labels.Labels;
import dev.tocsin.promql.value.Value.Element;
import dev.tocsin.rules.file.AlertRule;
import dev.tocsin.rules.file.RecordingRule;
import dev.tocsin.rules.file.TemplateEntry;
import dev.tocsin.rules.file.TextEntry;
import dev.tocsin.rules.template.TemplateData;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// One evaluation of one rule.
final class RuleEvaluation {
  private static final long RESEND_DELAY_MS = 60_000;
  private static final long RESOLVED_KEPT_MS = 900_000;

  private record Written(Labels labels, double value, @Nullable FloatHistogram histogram) {}

  private final ReferenceGroup group;
  private final ReferenceRule rule;
  private final Surroundings around;
  private final long slotMs;
  private final long queryMs;
  private final List<Expected> told = new ArrayList<>();

  /// What a rule is evaluated in.
  ///
  /// @param writes where writing is put off to; null: it is done at once
  record Surroundings(
      ReferenceSeries series,
      ReferenceQueries queries,
      Hold hold,
      Lost lost,
      RuleSet settings,
      Faults faults,
      @Nullable List<Runnable> writes,
      long nowMs) {}

  RuleEvaluation(ReferenceGroup group, ReferenceRule rule, Surroundings around, long slotMs) {
    this.group = group;
    this.rule = rule;
    this.around = around;
    this.slotMs = slotMs;
    this.queryMs = slotMs - (has(Planted.OFFSET_IGNORED) ? 0 : group.queryOffsetMs);
  }

  private boolean has(Planted planted) {
    return around.faults.has(planted);
  }

  List<Expected> evaluate() {
    try {
      List<Written> result =
          switch (rule.rule) {
            case RecordingRule recording -> record(recording);
            case AlertRule alert -> alert(alert);
          };
      rule.health = "ok";
      Runnable write = () -> write(result);
      if (around.writes == null) {
        write.run();
      } else {
        around.writes.add(write);
      }
    } catch (Failed _) {
      rule.health = "err";
    }
    return told;
  }

  /// What may fire before its slot, at the time of the evaluation.
  List<Early> early(AlertRule alert) {
    List<Early> all = new ArrayList<>();
    if (alert.labels().stream().anyMatch(RuleEvaluation::dependsOnData)) {
      return all;
    }
    try {
      List<Element> result = around.queries.elements(alert.expr(), queryMs);
      Set<Labels> twice = new LinkedHashSet<>();
      Map<Labels, ReferenceAlert> found = candidates(alert, result, twice);
      // The rule fails at its slot; but that the others are true is so.
      found.keySet().removeAll(twice);
      for (ReferenceAlert one : found.values()) {
        ReferenceAlert known = rule.active.get(one.labels);
        boolean fires = known != null && known.state == AlertState.FIRING;
        long activeAtMs =
            known != null && known.state == AlertState.PENDING ? known.activeAtMs : slotMs;
        if (!fires && slotMs - activeAtMs >= alert.forMs()) {
          all.add(
              new Early(
                  alert.forMs() == 0 ? Early.Kind.ZERO_FOR : Early.Kind.FOR_PASSED,
                  group.name,
                  rule.number,
                  alert.query(),
                  one.labels,
                  one.annotations,
                  one.value,
                  activeAtMs));
        }
      }
    } catch (Failed _) {
      // Not true then.
    }
    return all;
  }

  private static boolean dependsOnData(TemplateEntry label) {
    String text = label.text();
    return !label.isConstant()
        && (text.contains("$value") || text.contains(".Value") || text.contains("query"));
  }

  private List<Written> record(RecordingRule recording) throws Failed {
    List<Written> result = new ArrayList<>();
    Set<Labels> seen = new LinkedHashSet<>();
    for (Element element : around.queries.elements(recording.expr(), queryMs)) {
      Labels.Builder labels = element.labels().toBuilder();
      labels.set(Labels.METRIC_NAME, recording.name());
      for (TextEntry label : recording.labels()) {
        labels.set(label.name(), label.text());
      }
      Labels all = labels.build();
      if (!seen.add(all)) {
        throw new Failed("the same labels twice");
      }
      result.add(new Written(all, element.value(), element.histogram()));
    }
    checkLimit(result.size());
    return result;
  }

  private void checkLimit(int count) throws Failed {
    int limit = group.limit + (has(Planted.LIMIT_OFF_BY_ONE) ? 1 : 0);
    if (group.limit > 0 && count > limit) {
      throw new Failed("more than the limit");
    }
  }

  private List<Written> alert(AlertRule alert) throws Failed {
    List<Element> result;
    try {
      result = around.queries.elements(alert.expr(), queryMs);
    } catch (Failed e) {
      if (!has(Planted.ERROR_RESOLVES)) {
        throw e;
      }
      result = List.of();
    }
    Set<Labels> twice = new LinkedHashSet<>();
    Map<Labels, ReferenceAlert> found = candidates(alert, result, twice);
    if (!twice.isEmpty() && !has(Planted.SAME_IDENTITY_ALLOWED)) {
      throw new Failed("the same labels twice");
    }
    List<ReferenceAlert> firedBefore =
        rule.active.values().stream()
            .filter(one -> one.state == AlertState.FIRING)
            .map(ReferenceAlert::copy)
            .toList();
    found.forEach(this::enter);
    List<ReferenceAlert> putBack = new ArrayList<>();
    List<Written> written = new ArrayList<>();
    int count = 0;
    for (ReferenceAlert one : List.copyOf(rule.active.values())) {
      if (advance(alert, one, found.containsKey(one.labels), putBack)) {
        count++;
        written.add(new Written(series(alert, one, "ALERTS"), 1, null));
        double seconds = Math.floorDiv(one.activeAtMs, 1000);
        written.add(new Written(series(alert, one, "ALERTS_FOR_STATE"), seconds, null));
      }
    }
    try {
      checkLimit(count);
    } catch (Failed e) {
      firedBefore.forEach(this::lose);
      rule.active = has(Planted.LIMIT_KEEPS_ALERTS) ? rule.active : new LinkedHashMap<>();
      throw e;
    }
    putBack.forEach(this::lose);
    send();
    return written;
  }

  private void lose(ReferenceAlert one) {
    around.lost.add(group.name, rule, one);
  }

  /// @param twice gets the labels that several elements have
  private Map<Labels, ReferenceAlert> candidates(
      AlertRule alert, List<Element> result, Set<Labels> twice) {
    Map<Labels, ReferenceAlert> found = new LinkedHashMap<>();
    for (Element element : result) {
      double value = element.histogram() == null ? element.value() : 0;
      TemplateData data =
          new TemplateData(
              element.labels(),
              around.settings.externalLabels(),
              around.settings.externalUrl(),
              value,
              element.histogram(),
              slotMs,
              around.queries::samples);
      Labels.Builder labels = element.labels().toBuilder();
      if (!has(Planted.NAME_KEPT)) {
        labels.remove(Labels.METRIC_NAME);
      }
      for (TemplateEntry label : alert.labels()) {
        labels.set(label.name(), label.template().expandOrError(data).text());
      }
      Labels identity = labels.set("alertname", alert.name()).build();
      Labels.Builder annotations = Labels.builder();
      for (TemplateEntry annotation : alert.annotations()) {
        annotations.set(annotation.name(), annotation.template().expandOrError(data).text());
      }
      long activeAtMs = has(Planted.ACTIVE_AT_QUERY_TIME) ? queryMs : slotMs;
      ReferenceAlert one =
          new ReferenceAlert(identity, element.labels(), annotations.build(), value, activeAtMs);
      if (found.put(identity, one) != null) {
        twice.add(identity);
      }
    }
    return found;
  }

  private void enter(Labels labels, ReferenceAlert one) {
    ReferenceAlert known = rule.active.get(labels);
    if (known == null || !known.isActive()) {
      // In the place of a new one; Prometheus has no order.
      rule.active.remove(labels);
      rule.active.put(labels, one);
    } else if (known.state == AlertState.PENDING || !has(Planted.VALUE_FROZEN)) {
      known.value = one.value;
      known.annotations = one.annotations;
      known.element = one.element;
    }
  }

  /// Whether the alert is active now.
  private boolean advance(
      AlertRule alert, ReferenceAlert one, boolean found, List<ReferenceAlert> putBack) {
    if (!found && one.isActive() && !has(Planted.NO_HOLD)) {
      if (around.hold.holds(alert.expr(), one.element, slotMs, group.intervalMs)) {
        return true;
      }
    }
    if (!found && !staysWithoutResult(alert, one)) {
      return false;
    }
    if (found) {
      one.keepFiringSinceMs = ReferenceAlert.NEVER;
    }
    long activeMs = slotMs - one.activeAtMs;
    if (one.state == AlertState.PENDING && activeMs >= forMs(alert)) {
      one.state = AlertState.FIRING;
      one.firedAtMs = slotMs;
    }
    boolean tooEarly = activeMs < forMs(alert) && !has(Planted.RAISED_FOR_IGNORED);
    if (one.state == AlertState.FIRING && tooEarly) {
      putBack.add(one.copy());
      one.state = AlertState.PENDING;
      one.firedAtMs = ReferenceAlert.NEVER;
      one.lastSentMs = ReferenceAlert.NEVER;
      one.keepFiringSinceMs = ReferenceAlert.NEVER;
    }
    return true;
  }

  private long forMs(AlertRule alert) {
    long slots = has(Planted.FOR_ONE_SLOT_LATE) ? 1 : has(Planted.FOR_ONE_SLOT_EARLY) ? -1 : 0;
    return alert.forMs() == 0 ? 0 : alert.forMs() + slots * group.intervalMs;
  }

  private boolean staysWithoutResult(AlertRule alert, ReferenceAlert one) {
    boolean keeps = false;
    long keepMs = alert.keepFiringForMs();
    if (one.state == AlertState.FIRING && keepMs > 0 && !has(Planted.KEEP_FIRING_IGNORED)) {
      if (one.keepFiringSinceMs == ReferenceAlert.NEVER) {
        one.keepFiringSinceMs = slotMs;
      }
      long moreMs = has(Planted.KEEP_FIRING_TOO_LONG) ? 1 : 0;
      keeps = slotMs - one.keepFiringSinceMs < keepMs + moreMs;
    }
    long keptMs = has(Planted.RESOLVED_NOT_KEPT) ? 0 : RESOLVED_KEPT_MS;
    boolean old = one.resolvedAtMs != ReferenceAlert.NEVER && slotMs - one.resolvedAtMs > keptMs;
    if (one.state == AlertState.PENDING || old) {
      rule.active.remove(one.labels);
    }
    if (one.isActive() && !keeps) {
      one.state = AlertState.INACTIVE;
      one.resolvedAtMs = slotMs;
    }
    return keeps;
  }

  private static Labels series(AlertRule alert, ReferenceAlert one, String metric) {
    Labels.Builder labels = Labels.builder();
    for (TemplateEntry label : alert.labels()) {
      labels.set(label.name(), label.text());
    }
    labels.setAll(one.labels).set(Labels.METRIC_NAME, metric).set("alertname", alert.name());
    if (metric.equals("ALERTS")) {
      labels.set("alertstate", one.state.word());
    }
    return labels.build();
  }

  private void send() {
    List<ReferenceAlert> all = new ArrayList<>(rule.active.values());
    all.sort(Comparator.comparing(one -> one.labels));
    for (ReferenceAlert one : all) {
      boolean fires = one.state == AlertState.FIRING;
      boolean changed =
          fires ? one.lastSentMs == ReferenceAlert.NEVER : one.resolvedAtMs > one.lastSentMs;
      if (!needsSending(one)) {
        continue;
      }
      one.lastSentMs = slotMs;
      one.validUntilMs = slotMs + 4 * Math.max(group.intervalMs, RESEND_DELAY_MS);
      Kind kind =
          fires
              ? (changed ? Kind.FIRING : Kind.STILL_FIRING)
              : (changed ? Kind.RESOLVED : Kind.STILL_RESOLVED);
      around.lost.told(one);
      told.add(rule.expected(one.told(around.nowMs, kind, group.name, rule.rule.query()), false));
    }
  }

  private boolean needsSending(ReferenceAlert one) {
    if (one.state == AlertState.PENDING) {
      return false;
    }
    if (one.resolvedAtMs > one.lastSentMs) {
      return true;
    }
    boolean twice = has(Planted.RESOLVED_TOLD_TWICE) && one.lastSentMs == one.resolvedAtMs;
    long early = has(Planted.RESENT_TOO_EARLY) ? 1 : 0;
    return (twice && slotMs > one.resolvedAtMs)
        || one.lastSentMs + RESEND_DELAY_MS < slotMs + early;
  }

  private void write(List<Written> result) {
    Set<Labels> now = new LinkedHashSet<>();
    for (Written one : result) {
      if (around.series.add(one.labels, queryMs, one.value, one.histogram)) {
        now.add(one.labels);
      } else {
        rule.health = "err";
      }
    }
    for (Labels before : rule.seriesBefore) {
      if (!now.contains(before) && !has(Planted.NO_STALE_MARKER)) {
        around.series.add(before, queryMs, StaleMarker.VALUE, null);
      }
    }
    rule.seriesBefore = now;
  }
}

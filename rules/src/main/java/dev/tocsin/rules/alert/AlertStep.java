package dev.tocsin.rules.alert;

import dev.tocsin.model.alert.AlertEvent.Kind;
import dev.tocsin.model.alert.AlertState;
import dev.tocsin.model.labels.Labels;
import dev.tocsin.promql.value.Value.Element;
import dev.tocsin.rules.file.AlertRule;
import dev.tocsin.rules.record.RuleSample;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// One evaluation of an alert rule: the alerts before and the result of the expression give the
/// alerts after, and what is to be told and written. Single use.
public final class AlertStep {
  /// How long a resolved alert is kept, so that receivers that forget hear of it again.
  public static final long RESOLVED_KEPT_MS = 900_000;

  /// How long nothing is said about an alert that does not change. Strictly: it is said again at
  /// the first evaluation that is later than this.
  public static final long RESEND_DELAY_MS = 60_000;

  /// Active alerts of one rule; beyond it the rule fails as if its group's `limit` were exceeded.
  /// Also the most resolved ones kept; beyond it the one resolved first is forgotten.
  public static final int ALERTS_MAX = 10_000;

  private static final Map<Labels, Alert> NO_ALERTS = Map.of();

  private static final AlertOutcome NOTHING =
      new AlertOutcome.Evaluated(NO_ALERTS, NO_ALERTS, List.of(), List.of(), List.of());

  private final AlertRule rule;
  private final Map<Labels, Alert> before;
  private final Map<Labels, Alert> early;
  private final Moment moment;
  private final Surroundings surroundings;
  private final List<AlertNews> news = new ArrayList<>();
  private final List<RuleSample> samples = new ArrayList<>();
  private final List<Alert> lost = new ArrayList<>();

  /// Those that are absent and left as they are.
  private final Set<Labels> heldNow = new HashSet<>();

  private int active;

  private AlertStep(
      AlertRule rule,
      Map<Labels, Alert> before,
      Map<Labels, Alert> early,
      Moment moment,
      Surroundings surroundings) {
    this.rule = rule;
    this.before = before;
    this.early = early;
    this.moment = moment;
    this.surroundings = surroundings;
  }

  /// No alerts.
  public static Map<Labels, Alert> noAlerts() {
    return NO_ALERTS;
  }

  /// @param before stays as it is
  /// @param early those that fired since the last evaluation, before their slot: one that fires now
  ///   keeps the time at which it began to, another one resolves
  /// @param result of the rule's expression
  public static AlertOutcome evaluate(
      AlertRule rule,
      Map<Labels, Alert> before,
      Map<Labels, Alert> early,
      List<Element> result,
      Moment moment,
      Surroundings surroundings) {
    if (before.isEmpty() && early.isEmpty() && result.isEmpty()) {
      return NOTHING;
    }
    return new AlertStep(rule, before, early, moment, surroundings).evaluate(result);
  }

  /// The alerts of a result, pending since now, by identity; fewer than there are elements where
  /// two have the same.
  public static Map<Labels, Alert> candidates(
      AlertRule rule,
      Map<Labels, Alert> before,
      List<Element> result,
      Moment moment,
      Surroundings surroundings) {
    return new Candidates(rule, before, moment, surroundings).of(result);
  }

  /// The alert that may fire now, before its slot: one without `for`, or one that has been pending
  /// for as long. Null where it may not, or fires already.
  ///
  /// @param now one of [#candidates]
  /// @param known the alert of the same identity as the last slot left it
  public static @Nullable Alert early(
      AlertRule rule, Alert now, @Nullable Alert known, Moment moment, Surroundings surroundings) {
    Alert pending = known != null && known.isActive() ? known : null;
    Alert base = pending == null ? now : pending.seenAgain(now);
    boolean longEnough = moment.timeMs() - base.activeAtMs() >= rule.forMs();
    if (base.state() == AlertState.FIRING || !longEnough || (pending == null && rule.forMs() > 0)) {
      return null;
    }
    return base.firing(moment.timeMs(), surroundings.evidence(base.element()))
        .sent(moment.timeMs(), validUntilMs(moment));
  }

  static long validUntilMs(Moment moment) {
    return moment.timeMs() + 4 * Math.max(moment.intervalMs(), RESEND_DELAY_MS);
  }

  private AlertOutcome evaluate(List<Element> result) {
    if (result.size() > ALERTS_MAX) {
      return tooMany(ALERTS_MAX, result.size());
    }
    Map<Labels, Alert> seen = new Candidates(rule, before, moment, surroundings).of(result);
    if (seen.size() < result.size()) {
      String reason = "vector contains metrics with the same labelset after applying alert labels";
      return new AlertOutcome.Failed(reason, before, List.of());
    }
    Map<Labels, Alert> after = LinkedHashMap.newLinkedHashMap(before.size() + seen.size());
    before.forEach(
        (labels, alert) -> {
          if (!alert.isActive() && seen.containsKey(labels)) {
            // It begins anew, in the place of a new one: what was told of it before must not decide
            // in which order series are made.
            return;
          }
          Alert now = seen.remove(labels);
          keep(after, alert.state(), now == null ? absent(alert) : advanced(alert.seenAgain(now)));
        });
    seen.values().forEach(alert -> keep(after, AlertState.PENDING, advanced(alert)));
    int limit = moment.limit() > 0 ? Math.min(moment.limit(), ALERTS_MAX) : ALERTS_MAX;
    if (active > limit) {
      return tooMany(limit, active);
    }
    forgetOldest(after);
    Map<Labels, Alert> stillEarly = early.isEmpty() ? NO_ALERTS : settled(after);
    Map<Labels, Alert> kept = after.isEmpty() ? NO_ALERTS : after;
    news.sort(Comparator.comparing(one -> one.alert().labels()));
    return new AlertOutcome.Evaluated(kept, stillEarly, news, samples, lost);
  }

  private AlertOutcome tooMany(int limit, int count) {
    String reason = "exceeded limit of " + limit + " with " + count + " alerts";
    List<Alert> dropped = new ArrayList<>(early.values());
    for (Alert alert : before.values()) {
      if (alert.state() == AlertState.FIRING) {
        dropped.add(alert);
      }
    }
    return new AlertOutcome.Failed(reason, NO_ALERTS, dropped);
  }

  /// Resolves the early ones that do not fire, and returns those that are held, and those that
  /// fired after this slot: it is evaluated late, and the next one is theirs.
  private Map<Labels, Alert> settled(Map<Labels, Alert> after) {
    Map<Labels, Alert> held = new LinkedHashMap<>();
    long nowMs = moment.timeMs();
    for (Alert alert : early.values()) {
      Alert next = after.get(alert.labels());
      if (next != null && next.state() == AlertState.FIRING) {
        continue;
      }
      if (alert.firedAtMs() > nowMs) {
        held.put(alert.labels(), alert);
        continue;
      }
      if (heldNow.contains(alert.labels())) {
        held.put(alert.labels(), alert);
        continue;
      }
      Alert resolved =
          alert
              .resolved(nowMs, surroundings.evidence(alert.element()))
              .sent(nowMs, validUntilMs(moment));
      // That an older one resolved needs no repetition any more.
      news.removeIf(one -> one.alert().labels().equals(resolved.labels()));
      news.add(new AlertNews(Kind.RESOLVED, resolved));
      if (next == null || !next.isActive()) {
        after.put(resolved.labels(), resolved);
      }
    }
    return held.isEmpty() ? NO_ALERTS : held;
  }

  private void forgetOldest(Map<Labels, Alert> after) {
    int resolved = after.size() - active;
    if (resolved > ALERTS_MAX) {
      List<Alert> oldest =
          after.values().stream()
              .filter(alert -> !alert.isActive())
              .sorted(Comparator.comparingLong(Alert::resolvedAtMs))
              .limit(resolved - ALERTS_MAX)
              .toList();
      oldest.forEach(alert -> after.remove(alert.labels()));
    }
  }

  /// Keeps an alert, told and written; null is gone.
  private void keep(Map<Labels, Alert> after, AlertState was, @Nullable Alert next) {
    if (next == null) {
      return;
    }
    if (next.isActive()) {
      active++;
      samples.add(new RuleSample(next.series().of(next.state()), 1));
      // Whole seconds, as Prometheus writes it.
      double seconds = Math.floorDiv(next.activeAtMs(), 1000);
      samples.add(new RuleSample(next.series().forState(), seconds));
    }
    Alert told = told(was, next);
    after.put(told.labels(), told);
  }

  private @Nullable Alert absent(Alert alert) {
    long nowMs = moment.timeMs();
    if (alert.isActive() && surroundings.holds(alert)) {
      heldNow.add(alert.labels());
      return alert;
    }
    return switch (alert.state()) {
      case PENDING -> null;
      case INACTIVE -> nowMs - alert.resolvedAtMs() > RESOLVED_KEPT_MS ? null : alert;
      case FIRING -> {
        long sinceMs = alert.keepFiringSinceMs() == 0 ? nowMs : alert.keepFiringSinceMs();
        if (nowMs - sinceMs < rule.keepFiringForMs()) {
          yield advanced(alert.keptFiring(sinceMs));
        }
        yield alert.resolved(nowMs, surroundings.evidence(alert.element()));
      }
    };
  }

  private Alert advanced(Alert alert) {
    long nowMs = moment.timeMs();
    boolean longEnough = nowMs - alert.activeAtMs() >= rule.forMs();
    if (alert.state() == AlertState.PENDING && longEnough) {
      Alert fired = early.get(alert.labels());
      if (fired != null) {
        return alert.adopting(fired);
      }
      return alert.firing(nowMs, surroundings.evidence(alert.element()));
    }
    if (alert.state() == AlertState.FIRING && !longEnough) {
      // The rule's `for` was raised by a reload.
      lost.add(alert);
      return alert.pendingAgain();
    }
    return alert;
  }

  private Alert told(AlertState was, Alert alert) {
    if (alert.state() == AlertState.PENDING) {
      return alert;
    }
    long nowMs = moment.timeMs();
    boolean adopted = alert.state() == AlertState.FIRING && early.containsKey(alert.labels());
    boolean changed = alert.state() != was && !adopted;
    boolean again = alert.sentAtMs() + RESEND_DELAY_MS < nowMs;
    if (!changed && !again) {
      return alert;
    }
    Alert sent = alert.sent(nowMs, validUntilMs(moment));
    news.add(new AlertNews(kind(alert.state() == AlertState.FIRING, changed), sent));
    return sent;
  }

  private static Kind kind(boolean firing, boolean changed) {
    if (firing) {
      return changed ? Kind.FIRING : Kind.STILL_FIRING;
    }
    return changed ? Kind.RESOLVED : Kind.STILL_RESOLVED;
  }
}

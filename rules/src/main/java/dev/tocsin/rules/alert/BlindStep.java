package dev.tocsin.rules.alert;

import dev.tocsin.model.alert.AlertEvent.Kind;
import dev.tocsin.model.alert.AlertState;
import dev.tocsin.model.alert.Evidence;
import dev.tocsin.model.labels.Labels;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// Alerts about alerts: of one that is held because its data is missing, and whose policy is to say
/// so, there is another one with the label [#LABEL] more. It fires from the slot at which the data
/// is missing, is told again like any other, and resolves when there is data or the alert is gone.
/// It writes no series.
public final class BlindStep {
  /// The label, and its value: `blind`.
  public static final String LABEL = "tocsin_no_data";

  private static final String VALUE = "blind";
  private static final String ANNOTATION = "no_data";
  private static final String TEXT =
      "the series of this alert have no samples any more: whether its condition holds is not known";

  private BlindStep() {}

  /// @param alerts those that are blind from now on, by identity
  public record Outcome(Map<Labels, Alert> alerts, List<AlertNews> news) {
    static final Outcome NOTHING = new Outcome(Map.of(), List.of());
  }

  /// @param before those that were blind at the last slot
  /// @param held the alerts that are blind now
  public static Outcome evaluate(Map<Labels, Alert> before, Collection<Alert> held, Moment moment) {
    if (before.isEmpty() && held.isEmpty()) {
      return Outcome.NOTHING;
    }
    long nowMs = moment.timeMs();
    long untilMs = AlertStep.validUntilMs(moment);
    Map<Labels, Alert> after = new TreeMap<>();
    List<AlertNews> news = new ArrayList<>();
    for (Alert alert : held) {
      Labels labels = alert.labels().toBuilder().set(LABEL, VALUE).build();
      Alert known = before.get(labels);
      if (known == null) {
        Alert fired = fired(alert, labels, nowMs, untilMs);
        news.add(new AlertNews(Kind.FIRING, fired));
        after.put(labels, fired);
      } else if (known.sentAtMs() + AlertStep.RESEND_DELAY_MS < nowMs) {
        Alert again = known.sent(nowMs, untilMs);
        news.add(new AlertNews(Kind.STILL_FIRING, again));
        after.put(labels, again);
      } else {
        after.put(labels, known);
      }
    }
    before.forEach(
        (labels, alert) -> {
          if (!after.containsKey(labels)) {
            Alert resolved = alert.resolved(nowMs, Evidence.NONE).sent(nowMs, untilMs);
            news.add(new AlertNews(Kind.RESOLVED, resolved));
          }
        });
    return new Outcome(after, news);
  }

  private static Alert fired(Alert alert, Labels labels, long nowMs, long untilMs) {
    return new Alert(
        labels,
        alert.element(),
        alert.annotations().toBuilder().set(ANNOTATION, TEXT).build(),
        AlertState.FIRING,
        alert.value(),
        nowMs,
        nowMs,
        0,
        0,
        nowMs,
        untilMs,
        alert.evidence(),
        AlertSeries.NONE);
  }
}

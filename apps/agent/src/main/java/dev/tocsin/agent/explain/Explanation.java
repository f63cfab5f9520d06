package dev.tocsin.agent.explain;

import dev.tocsin.deliver.outbox.DeliveryRecord;
import dev.tocsin.engine.EngineView;
import dev.tocsin.model.alert.AlertState;
import dev.tocsin.model.alert.Evidence;
import dev.tocsin.model.alert.StageTimes;
import dev.tocsin.model.labels.Labels;
import java.util.List;

/// One alert, or a rule that has none. Times are Unix milliseconds; 0 where they do not apply.
///
/// @param resolvedAtMs of an alert that fires no more
/// @param evidence of the change to what it is; of an alert that has not fired, what its rule reads
/// @param judgedMs the evaluation that the values are of; 0: there was none
/// @param threshold what the condition compares with, as `> 30`; empty where it is no number
/// @param stages of the change to what it is; all 0 where nothing is known
/// @param deliveries of the last ones, those of this alert, newest last
public record Explanation(
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
    Evidence evidence,
    long judgedMs,
    String threshold,
    List<Step> steps,
    StageTimes stages,
    List<DeliveryRecord> deliveries) {
  public Explanation {
    steps = List.copyOf(steps);
    deliveries = List.copyOf(deliveries);
  }

  /// Whether it began to fire between two slots.
  public boolean isEarly() {
    return firedAtMs > 0 && !group.isSlot(firedAtMs);
  }

  /// The slot that took it over; 0: none has yet, or it began at a slot.
  public long adoptedAtMs() {
    long slotMs = group.slotAfter(firedAtMs);
    boolean taken = isEarly() && resolvedAtMs != slotMs && slotMs <= group.lastEvaluationMs();
    return taken ? slotMs : 0;
  }

  /// When `for` is over; 0 where it does not apply.
  public long dueAtMs() {
    return activeAtMs > 0 ? activeAtMs + rule.forMs() : 0;
  }

  /// 0 before the first slot.
  public long nextSlotMs() {
    return group.lastEvaluationMs() > 0 ? group.slotAfter(group.lastEvaluationMs()) : 0;
  }

  /// One sub-expression and its values.
  ///
  /// @param depth 0: the whole
  /// @param fitting elements whose labels agree with the alert's; some of them are `shown`
  /// @param total elements
  /// @param problem why there are none; empty otherwise
  public record Step(
      int depth, String expression, List<Shown> shown, int fitting, int total, String problem) {
    public Step {
      shown = List.copyOf(shown);
    }
  }

  /// @param value the number, or the histogram as text; of a range its last one
  /// @param samples of a range; 0 otherwise
  public record Shown(Labels labels, String value, int samples) {}
}

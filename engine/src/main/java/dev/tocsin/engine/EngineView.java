package dev.tocsin.engine;

import dev.tocsin.model.alert.AlertState;
import dev.tocsin.model.alert.Evidence;
import dev.tocsin.model.labels.Labels;
import java.util.List;

/// What the engine shows of itself; immutable. Each rule is as after its last evaluation; rules of
/// one group may be an evaluation apart. Times are Unix milliseconds, 0 where they do not apply.
///
/// @param reloadProblem why the last rules were refused, one mistake a line; empty if they were not
public record EngineView(List<Group> groups, String reloadProblem) {
  public EngineView {
    groups = List.copyOf(groups);
  }

  /// @param slotOffsetMs where its slots lie: at this and every whole multiple of the interval more
  /// @param lastEvaluationMs the slot
  /// @param tookNanos the last evaluation
  /// @param missed slots that passed without an evaluation
  public record Group(
      String file,
      String name,
      long intervalMs,
      long slotOffsetMs,
      long queryOffsetMs,
      int limit,
      long lastEvaluationMs,
      long tookNanos,
      long evaluations,
      long missed,
      List<Rule> rules) {
    public Group {
      rules = List.copyOf(rules);
    }

    /// Whether the time is one of its slots.
    public boolean isSlot(long timeMs) {
      return Math.floorMod(timeMs - slotOffsetMs, intervalMs) == 0;
    }

    /// Its first slot after the time.
    public long slotAfter(long timeMs) {
      return new SlotGrid(intervalMs, slotOffsetMs).after(timeMs);
    }
  }

  /// Whether a rule raises alerts or records a series.
  public enum Kind {
    ALERTING,
    RECORDING
  }

  /// @param query printed in its canonical form
  /// @param forMs and what follows it: of alerts only
  /// @param labels as written; templates of alerts
  /// @param tookNanos the last evaluation
  /// @param state of its alerts the one furthest on
  /// @param alerts pending and firing, in the order of their labels
  public record Rule(
      Kind kind,
      String name,
      String query,
      long forMs,
      long keepFiringForMs,
      Labels labels,
      Labels annotations,
      Health health,
      String lastError,
      long lastEvaluationMs,
      long tookNanos,
      AlertState state,
      List<Alert> alerts) {
    public Rule {
      alerts = List.copyOf(alerts);
    }
  }

  /// @param evidence of the change to firing
  public record Alert(
      Labels labels,
      Labels annotations,
      AlertState state,
      double value,
      long activeAtMs,
      long firedAtMs,
      long keepFiringSinceMs,
      Evidence evidence) {}
}

package dev.tocsin.agent.explain;

import dev.tocsin.model.alert.AlertEvent;
import dev.tocsin.model.alert.StageTimes;
import java.util.ArrayDeque;
import java.util.List;

/// The last alerts that began to fire or resolved, and when each stage up to the decision was
/// passed. The engine's thread writes, any thread reads.
public final class Decisions {
  /// Beyond it the oldest is forgotten. An event with its evidence is about 2 KB, and most of that
  /// belongs to its alert.
  static final int KEPT_MAX = 256;

  private final ArrayDeque<Decision> last = new ArrayDeque<>();

  /// @param times the stages up to the decision
  public record Decision(AlertEvent event, StageTimes times) {}

  public synchronized void add(AlertEvent event, StageTimes times) {
    switch (event.kind()) {
      case FIRING, RESOLVED -> {
        last.addLast(new Decision(event, times));
        if (last.size() > KEPT_MAX) {
          last.removeFirst();
        }
      }
      // Nothing new.
      case STILL_FIRING, STILL_RESOLVED -> {}
    }
  }

  /// Newest last.
  public synchronized List<Decision> last() {
    return List.copyOf(last);
  }
}

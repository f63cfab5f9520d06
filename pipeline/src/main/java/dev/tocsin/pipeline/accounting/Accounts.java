package dev.tocsin.pipeline.accounting;

import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;

/// What became of every sample since the start of the process, at one moment.
///
/// @param received samples that came in, whatever became of them
/// @param appliedDurable evaluated, and in the journal on the disk
/// @param appliedUndurable evaluated, but not in the journal: it had failed
/// @param refused not taken, by reason; every reason is there
/// @param inFlight admitted, and not yet past both the engine and the disk
public record Accounts(
    long received,
    long appliedDurable,
    long appliedUndurable,
    Map<Refusal, Long> refused,
    long inFlight) {

  public Accounts {
    refused = Collections.unmodifiableMap(new EnumMap<>(refused));
  }

  public long refusedTotal() {
    long total = 0;
    for (long count : refused.values()) {
      total += count;
    }
    return total;
  }

  public long refused(Refusal reason) {
    return refused.getOrDefault(reason, 0L);
  }

  /// Samples that were sent again although they had arrived.
  public long resent() {
    return refused(Refusal.DUPLICATE);
  }

  /// Whether every sample is in exactly one place. Each number has a counter of its own, so this
  /// says something.
  public boolean isBalanced() {
    return received == appliedDurable + appliedUndurable + refusedTotal() + inFlight;
  }
}

package dev.tocsin.model.input;

import java.util.List;

/// How long the looks between slots wait for the rest of a scrape that may come in several
/// requests. Slots do not wait.
///
/// @param settleMs from the first part on, in milliseconds; of sources that no entry of `overrides`
///   fits; 0: not at all
/// @param sourceLabels the labels that say together which source a series is of; one that has none
///   of them is of no source, and is not waited for
/// @param overrides other times for some sources; the first that fits decides
public record Settle(long settleMs, List<String> sourceLabels, List<ForSources> overrides) {
  /// Nothing is waited for.
  public static final Settle NONE = new Settle(0, List.of("job", "instance"), List.of());

  /// The longest that can be set, in milliseconds: as long as a sender may gather samples before it
  /// sends them (Prometheus's `batch_send_deadline`).
  public static final long SETTLE_MS_MAX = 5_000;

  public Settle {
    sourceLabels = List.copyOf(sourceLabels);
    overrides = List.copyOf(overrides);
  }

  public Settle with(long otherMs) {
    return new Settle(otherMs, sourceLabels, overrides);
  }

  /// Whether nothing is ever waited for.
  public boolean isOff() {
    return settleMs == 0 && overrides.stream().allMatch(one -> one.settleMs == 0);
  }

  /// The time of some sources.
  ///
  /// @param matchers of the source's labels, as matchers of the query language in braces
  public record ForSources(String matchers, long settleMs) {}
}

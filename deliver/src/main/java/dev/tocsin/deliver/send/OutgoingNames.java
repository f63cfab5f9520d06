package dev.tocsin.deliver.send;

import dev.tocsin.deliver.relabel.Relabel;
import dev.tocsin.model.labels.Labels;
import dev.tocsin.model.names.SeriesNames;
import dev.tocsin.world.chance.Chance;
import java.util.Optional;

/// What series are called where they are sent to: as here, where there are neither external labels
/// nor relabelling; else names of its own, which are forgotten when they have become many. One
/// thread.
final class OutgoingNames {
  /// Bytes of the names of its own; beyond it they are made anew when nothing waits under them.
  private static final long OWN_BYTES_MAX = 8L << 20;

  static final int DROPPED = -1;

  private final SeriesNames here;
  private final Chance chance;
  private final Labels external;
  private final Relabel relabel;
  private final boolean changes;
  private SeriesNames names;

  OutgoingNames(SeriesNames here, SendConfig config, Chance chance) {
    this.here = here;
    this.chance = chance;
    this.external = config.external();
    this.relabel = new Relabel(config.relabel());
    this.changes = !external.isEmpty() || !config.relabel().isEmpty();
    this.names = changes ? new SeriesNames(chance.nextLong()) : here;
  }

  SeriesNames names() {
    return names;
  }

  SeriesNames here() {
    return here;
  }

  /// Whether there are so many that they should be made anew.
  boolean areMany() {
    return changes && names.bytes() > OWN_BYTES_MAX;
  }

  /// Every number given so far means nothing any more.
  void renew() {
    names = new SeriesNames(chance.nextLong());
  }

  /// The number of the series as it is sent, or [#DROPPED].
  ///
  /// @param number here
  int outgoing(int number) {
    if (!changes) {
      return number;
    }
    Labels labels = here.labels(number);
    // As Prometheus: what the series has is not overwritten, and rules see the external labels.
    Labels all = external.isEmpty() ? labels : external.toBuilder().setAll(labels).build();
    Optional<Labels> kept = relabel.apply(all).filter(set -> !set.isEmpty());
    return kept.isEmpty() ? DROPPED : names.number(here.tenant(number), kept.get());
  }
}

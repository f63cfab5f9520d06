package dev.tocsin.deliver.outbox;

import dev.tocsin.world.chance.Chance;

/// How long to wait before the next attempt: doubled each time up to a bound, of which a random
/// half is taken off so that many do not come back at once.
record Backoff(long firstNanos, long maxNanos) {
  /// First 100 ms, since most failures are short; at most 30 s, so that a receiver that is back
  /// hears within that time.
  static final Backoff DEFAULT = new Backoff(100_000_000L, 30_000_000_000L);

  /// @param attempts how many failed, from 1
  long nanos(int attempts, Chance chance) {
    int doublings = Math.min(attempts - 1, 30);
    long whole = Math.min(maxNanos, firstNanos << doublings);
    long half = whole / 2;
    return half + Math.floorMod(chance.nextLong(), half + 1);
  }
}

package dev.tocsin.bench.memory;

import dev.tocsin.world.time.Clock;

/// Stands still until it is moved.
final class VirtualClock implements Clock {
  long wallMs = 1_700_000_000_000L;

  @Override
  public long wallNanos() {
    return wallMs * 1_000_000;
  }

  @Override
  public long monotonicNanos() {
    return wallNanos();
  }
}

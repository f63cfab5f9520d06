package dev.tocsin.pipeline.journal;

import dev.tocsin.world.time.Clock;

/// Time that goes on when told to.
final class ManualClock implements Clock {
  private long nanos = 1_000_000_000L;

  @Override
  public long wallNanos() {
    return nanos;
  }

  @Override
  public long monotonicNanos() {
    return nanos;
  }

  void advanceMs(long ms) {
    nanos += ms * 1_000_000;
  }
}

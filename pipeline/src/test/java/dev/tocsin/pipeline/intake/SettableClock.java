package dev.tocsin.pipeline.intake;

import dev.tocsin.world.time.Clock;
import java.util.concurrent.atomic.AtomicLong;

/// Two times that stand still until a test moves them.
final class SettableClock implements Clock {
  private final AtomicLong wallMs = new AtomicLong(1_700_000_000_000L);
  private final AtomicLong monotonicMs = new AtomicLong();
  private volatile boolean broken;

  /// From now on the wall clock throws, or no longer.
  void broken(boolean now) {
    broken = now;
  }

  void moveWall(long ms) {
    wallMs.addAndGet(ms);
  }

  void moveMonotonic(long ms) {
    monotonicMs.addAndGet(ms);
  }

  @Override
  public long wallNanos() {
    if (broken) {
      throw new IllegalStateException("the clock is broken");
    }
    return wallMs.get() * 1_000_000;
  }

  @Override
  public long monotonicNanos() {
    return monotonicMs.get() * 1_000_000;
  }
}

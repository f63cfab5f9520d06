package dev.tocsin.sim.time;

import dev.tocsin.sim.turn.Turnstile;
import dev.tocsin.world.time.Clock;
import java.util.concurrent.atomic.AtomicLong;

/// Time that passes only when the simulation says so. Begins on 2026-01-01 at 00:00 UTC.
public final class SimClock implements Clock {
  private static final long START_WALL_NANOS = 1_767_225_600L * 1_000_000_000L;

  private volatile long nanos;
  private final AtomicLong wallShiftNanos = new AtomicLong();

  @Override
  public long wallNanos() {
    return START_WALL_NANOS + nanos + wallShiftNanos.get();
  }

  @Override
  public long monotonicNanos() {
    return nanos;
  }

  /// Lets time pass.
  public void advance(long byNanos) {
    if (byNanos < 0) {
      throw new IllegalArgumentException("time does not go back: " + byNanos);
    }
    advanceTo(nanos + byNanos);
  }

  /// Lets time pass until then; nothing where that is over already.
  public void advanceTo(long toNanos) {
    nanos = Math.max(nanos, toNanos);
  }

  /// Sets the wall's clock forward or back, as an administrator or NTP may.
  public void shiftWall(long byNanos) {
    wallShiftNanos.addAndGet(byNanos);
  }

  /// The same time for threads that have to wait for their turn before they look.
  public Clock behind(Turnstile turnstile) {
    return new Clock() {
      @Override
      public long wallNanos() {
        turnstile.enter();
        return SimClock.this.wallNanos();
      }

      @Override
      public long monotonicNanos() {
        turnstile.enter();
        return SimClock.this.monotonicNanos();
      }
    };
  }
}

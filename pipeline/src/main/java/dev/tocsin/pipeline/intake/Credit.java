package dev.tocsin.pipeline.intake;

import dev.tocsin.pipeline.ring.Ring;
import dev.tocsin.world.time.Clock;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.DoubleSupplier;

/// Slows the sources before anything is full. Above 90 % of the ring, or of the journal's staging,
/// the pace falls by a tenth, at most one step in 100 ms and never below a tenth; below that it
/// rises the same way. Any thread.
final class Credit {
  private static final double FULL_FROM = 0.9;
  private static final long STEP_NANOS = 100_000_000;
  private static final int TENTHS_MAX = 10;
  private static final long RETRY_MS = 1000;

  private final ReentrantLock lock = new ReentrantLock();
  private final Clock clock;
  private final Ring ring;
  private final DoubleSupplier stagingFill;
  private long steppedNanos;
  private int tenths = TENTHS_MAX;

  Credit(Clock clock, Ring ring, DoubleSupplier stagingFill) {
    this.clock = clock;
    this.ring = ring;
    this.stagingFill = stagingFill;
    this.steppedNanos = clock.monotonicNanos();
  }

  Pace pace() {
    return new Pace(tenths() / 10.0);
  }

  /// A second at full pace, ten at the slowest.
  long retryAfterMs() {
    return RETRY_MS * TENTHS_MAX / tenths();
  }

  /// Looks how full it is now. Slows down by one step however long nobody looked, because it may
  /// have become full just now; recovers by as many steps as time allows.
  int tenths() {
    double fill = Math.max(ring.fill(), stagingFill.getAsDouble());
    lock.lock();
    try {
      long nowNanos = clock.monotonicNanos();
      long steps = (nowNanos - steppedNanos) / STEP_NANOS;
      if (steps > 0) {
        steppedNanos = nowNanos;
        tenths =
            fill > FULL_FROM ? Math.max(1, tenths - 1) : (int) Math.min(TENTHS_MAX, tenths + steps);
      }
      return tenths;
    } finally {
      lock.unlock();
    }
  }
}

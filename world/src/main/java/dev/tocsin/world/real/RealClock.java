package dev.tocsin.world.real;

import dev.tocsin.world.time.Clock;
import java.time.Instant;

/// The operating system's clocks. The monotonic one counts from when this was made, so that its
/// values can be compared with `<` for the next 292 years.
final class RealClock implements Clock {
  private final long originNanos = System.nanoTime();

  @Override
  public long wallNanos() {
    Instant now = Instant.now();
    return now.getEpochSecond() * 1_000_000_000L + now.getNano();
  }

  @Override
  public long wallMillis() {
    return System.currentTimeMillis();
  }

  @Override
  public long monotonicNanos() {
    return System.nanoTime() - originNanos;
  }
}

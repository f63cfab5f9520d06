package dev.tocsin.world.real.http;

import dev.tocsin.world.time.Clock;

/// The real time, for tests with real sockets.
final class TestClock implements Clock {
  @Override
  public long wallNanos() {
    return System.currentTimeMillis() * 1_000_000L;
  }

  @Override
  public long monotonicNanos() {
    return System.nanoTime();
  }
}

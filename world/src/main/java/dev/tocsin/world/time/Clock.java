package dev.tocsin.world.time;

/// Two times: the wall's, which may jump, and the monotonic one, which never goes back.
public interface Clock {
  /// Unix nanoseconds.
  long wallNanos();

  /// Nanoseconds since some fixed moment; only differences mean something.
  long monotonicNanos();

  /// Unix milliseconds.
  default long wallMillis() {
    return Math.floorDiv(wallNanos(), 1_000_000);
  }
}

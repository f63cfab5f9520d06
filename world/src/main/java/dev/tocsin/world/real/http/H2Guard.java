package dev.tocsin.world.real.http;

import dev.tocsin.world.time.Clock;

/// Ends a connection that makes work and brings nothing: floods of pings, settings, empty frames,
/// or of requests that are taken back at once. Frames cost credit; bytes of bodies and answered
/// requests earn some, and so does time. One lock; any thread.
final class H2Guard {
  private static final int CREDIT_MAX = 2000;
  private static final int CREDIT_PER_SECOND = 20;
  private static final int REQUEST_EARNS = 20;

  /// Bytes of a body that earn one: small frames cost more than they earn.
  private static final int BYTES_EARN_ONE = 64;

  /// What a request costs that is taken back, or that is one too many.
  static final int TAKEN_BACK = 20;

  private final Clock clock;
  private long credit = CREDIT_MAX;
  private long lastNanos;

  H2Guard(Clock clock) {
    this.clock = clock;
    lastNanos = clock.monotonicNanos();
  }

  /// @throws H2Exception where nothing is left
  synchronized void spend(int cost) throws H2Exception {
    credit -= cost;
    if (credit >= 0) {
      return;
    }
    long now = clock.monotonicNanos();
    long earned = (now - lastNanos) * CREDIT_PER_SECOND / 1_000_000_000L;
    if (earned > 0) {
      lastNanos = now;
      credit = Math.min(CREDIT_MAX, credit + earned);
    }
    if (credit < 0) {
      throw new H2Exception(H2.ENHANCE_YOUR_CALM, "too many frames that bring nothing");
    }
  }

  void earnBytes(int bytes) {
    earn(bytes / BYTES_EARN_ONE);
  }

  void earnRequest() {
    earn(REQUEST_EARNS);
  }

  private synchronized void earn(int more) {
    credit = Math.min(CREDIT_MAX, credit + more);
  }
}

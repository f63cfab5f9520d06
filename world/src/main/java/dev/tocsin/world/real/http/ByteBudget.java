package dev.tocsin.world.real.http;

import java.util.concurrent.atomic.AtomicLong;

/// Bytes that all connections of a listener together may hold of one kind. Any thread.
final class ByteBudget {
  private final long bytesMax;
  private final AtomicLong taken = new AtomicLong();

  ByteBudget(long bytesMax) {
    this.bytesMax = bytesMax;
  }

  /// Whether there was room.
  boolean take(long bytes) {
    if (taken.addAndGet(bytes) > bytesMax) {
      taken.addAndGet(-bytes);
      return false;
    }
    return true;
  }

  void give(long bytes) {
    taken.addAndGet(-bytes);
  }

  long taken() {
    return taken.get();
  }
}

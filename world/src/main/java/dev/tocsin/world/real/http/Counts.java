package dev.tocsin.world.real.http;

import dev.tocsin.world.net.HttpServing.ServingStats;
import java.util.concurrent.atomic.AtomicLong;

/// What a listener counts. Any thread.
final class Counts {
  final AtomicLong accepted = new AtomicLong();
  final AtomicLong surplus = new AtomicLong();
  final AtomicLong displaced = new AtomicLong();
  final AtomicLong timedOut = new AtomicLong();
  final AtomicLong requests = new AtomicLong();
  final AtomicLong malformed = new AtomicLong();
  final AtomicLong broken = new AtomicLong();
  private final AtomicLong failures = new AtomicLong();
  private volatile String lastFailure = "";

  void failed(Throwable e) {
    failures.incrementAndGet();
    StackTraceElement[] frames = e.getStackTrace();
    lastFailure = frames.length == 0 ? e.toString() : e + " at " + frames[0];
  }

  ServingStats read(int open) {
    return new ServingStats(
        open,
        accepted.get(),
        surplus.get(),
        displaced.get(),
        timedOut.get(),
        requests.get(),
        malformed.get(),
        broken.get(),
        failures.get(),
        lastFailure);
  }
}

package dev.tocsin.bench.remotewrite;

import java.util.concurrent.atomic.AtomicLong;

/// What the sending side knows of its samples; each try counts. Any thread.
public final class SentSamples {
  private final AtomicLong begun = new AtomicLong();
  private final AtomicLong answered = new AtomicLong();
  private final AtomicLong turnedAway = new AtomicLong();

  /// A request with so many samples is about to be sent.
  public void begin(long samples) {
    begun.addAndGet(samples);
  }

  /// It was answered. One that is told to come again (429, 503) may not have been counted.
  public void answer(long samples, int status) {
    (status == 429 || status == 503 ? turnedAway : answered).addAndGet(samples);
  }

  public long begun() {
    return begun.get();
  }

  /// In requests that were read for sure.
  public long answered() {
    return answered.get();
  }

  /// In requests that may have been turned away unread.
  public long turnedAway() {
    return turnedAway.get();
  }
}

package dev.tocsin.pipeline.journal;

/// How long forces took. One thread adds, any thread reads.
final class ForceTimes {
  private volatile long count;
  private volatile long sumNanos;
  private volatile long maxNanos;

  void add(long nanos) {
    long newCount = count + 1; // one writer: no update can be lost
    long newSum = sumNanos + nanos;
    sumNanos = newSum;
    maxNanos = Math.max(maxNanos, nanos);
    count = newCount;
  }

  long count() {
    return count;
  }

  long sumNanos() {
    return sumNanos;
  }

  long maxNanos() {
    return maxNanos;
  }
}

package dev.tocsin.collect.remotewrite;

import java.util.concurrent.atomic.AtomicLong;

/// Bytes of request bodies in memory at once, compressed and decompressed. Never waits: a request
/// that finds too little is told to come back. Any thread.
public final class ByteBudget {
  private final long bytesMax;
  private final AtomicLong used = new AtomicLong();

  public ByteBudget(long bytesMax) {
    this.bytesMax = bytesMax;
  }

  /// Takes so many bytes, or none where they are not there. A request that is alone gets what it
  /// wants: its size has limits of its own.
  public boolean take(long bytes, long alreadyTaken) {
    while (true) {
      long before = used.get();
      boolean alone = before == alreadyTaken;
      if (!alone && before + bytes > bytesMax) {
        return false;
      }
      if (used.compareAndSet(before, before + bytes)) {
        return true;
      }
    }
  }

  public void give(long bytes) {
    used.addAndGet(-bytes);
  }

  long used() {
    return used.get();
  }
}

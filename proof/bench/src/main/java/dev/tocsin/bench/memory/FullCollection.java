package dev.tocsin.bench.memory;

import dev.tocsin.bench.report.Percentiles;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryMXBean;

/// Full collections of this process: what is alive afterwards, and how long they take.
///
/// @param liveBytes of the heap after the last one
/// @param medianNanos of all of them
/// @param longestNanos of all of them
public record FullCollection(long liveBytes, long medianNanos, long longestNanos) {
  private static final int TIMES = 5;
  private static final MemoryMXBean MEMORY = ManagementFactory.getMemoryMXBean();

  /// Collects five times.
  public static FullCollection now() {
    long[] nanos = new long[TIMES];
    for (int i = 0; i < TIMES; i++) {
      long from = System.nanoTime();
      System.gc();
      nanos[i] = System.nanoTime() - from;
    }
    Percentiles times = Percentiles.of(nanos);
    return new FullCollection(
        MEMORY.getHeapMemoryUsage().getUsed(), Percentiles.median(nanos), times.max());
  }
}

package dev.tocsin.agent;

import dev.tocsin.agent.api.Memory;
import dev.tocsin.world.time.Clock;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import org.jspecify.annotations.Nullable;

/// Tells queries to stop before they take the memory that alerts need: what their limits do not
/// foresee would otherwise end the process. Memory is short where a full collection has left less
/// than [#RESERVE_BYTES] of the old generation free. Any thread.
final class HeapGuard implements Memory {
  /// What one step of an evaluation may take before it looks again, for each of two queries.
  private static final long RESERVE_BYTES = 8 << 20;

  /// How often a collection is asked for at most, nanoseconds: each holds up the engine.
  private static final long COLLECT_NANOS = 2_000_000_000L;

  /// The same where the last one has not helped: it is not queries that take the memory.
  private static final long IN_VAIN_NANOS = 60_000_000_000L;

  private final Clock clock;
  private long nextNanos;

  HeapGuard(Clock clock) {
    this.clock = clock;
    this.nextNanos = clock.monotonicNanos();
  }

  /// Loaded by the first query: without queries it costs nothing.
  private static final class Pool {
    static final @Nullable MemoryPoolMXBean OLD = old();

    private static @Nullable MemoryPoolMXBean old() {
      for (MemoryPoolMXBean pool : ManagementFactory.getMemoryPoolMXBeans()) {
        String name = pool.getName();
        boolean old = name.contains("Tenured") || name.contains("Old");
        if (old
            && pool.getType() == MemoryType.HEAP
            && pool.isCollectionUsageThresholdSupported()) {
          long max = pool.getUsage().getMax();
          if (max > 2 * RESERVE_BYTES) {
            pool.setCollectionUsageThreshold(max - RESERVE_BYTES);
            return pool;
          }
        }
      }
      return null;
    }
  }

  @Override
  public boolean isShort() {
    MemoryPoolMXBean old = Pool.OLD;
    return old != null && old.isCollectionUsageThresholdExceeded();
  }

  /// What the queries that were stopped have left behind is only collected when the heap is full
  /// again, and until then memory seems short.
  @Override
  public synchronized void reclaim() {
    if (clock.monotonicNanos() - nextNanos >= 0) {
      System.gc();
      nextNanos = clock.monotonicNanos() + (isShort() ? IN_VAIN_NANOS : COLLECT_NANOS);
    }
  }
}

package dev.tocsin.agent;

/// How long the engine takes for its inputs. Its thread writes; any thread reads, each number for
/// itself.
final class TurnTimes {
  private volatile long turns;
  private volatile long busyNanos;
  private volatile long longestNanos;

  /// The one writing thread.
  @SuppressWarnings("NonAtomicVolatileUpdate")
  void add(long nanos) {
    turns++;
    busyNanos += nanos;
    if (nanos > longestNanos) {
      longestNanos = nanos;
    }
  }

  /// Inputs applied.
  long turns() {
    return turns;
  }

  /// Time in them.
  long busyNanos() {
    return busyNanos;
  }

  /// The longest of them.
  long longestNanos() {
    return longestNanos;
  }
}

package dev.tocsin.agent;

/// When the engine had applied the last transactions, found by when they were received. The engine
/// itself has no clock. One thread.
final class AppliedTimes {
  private static final int KEPT = 256;

  private final long[] receivedNanos = new long[KEPT];
  private final long[] appliedNanos = new long[KEPT];
  private int next;

  void put(long received, long applied) {
    receivedNanos[next] = received;
    appliedNanos[next] = applied;
    next = (next + 1) % KEPT;
  }

  /// Unix nanoseconds; 0 where it was too long ago to be known.
  long of(long received) {
    for (int i = 1; i <= KEPT; i++) {
      int at = Math.floorMod(next - i, KEPT);
      if (receivedNanos[at] == received) {
        return appliedNanos[at];
      }
    }
    return 0;
  }
}

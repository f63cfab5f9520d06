package dev.tocsin.engine;

/// The times at which a group is evaluated: `offsetMs + k * intervalMs` for every whole k, in Unix
/// milliseconds.
///
/// @param intervalMs at least 1
/// @param offsetMs at least 0 and below the interval
record SlotGrid(long intervalMs, long offsetMs) {
  /// A phase from the hash of file and name, the same in every run.
  static SlotGrid spread(String file, String name, long intervalMs) {
    long hash = new Hashes().text(file).text(name).value();
    return new SlotGrid(intervalMs, Long.remainderUnsigned(hash, intervalMs));
  }

  static SlotGrid aligned(long intervalMs) {
    return new SlotGrid(intervalMs, 0);
  }

  /// With a slot at this time.
  static SlotGrid through(long timeMs, long intervalMs) {
    return new SlotGrid(intervalMs, Math.floorMod(timeMs, intervalMs));
  }

  /// The last slot at or before the time.
  long latest(long timeMs) {
    return Math.floorDiv(timeMs - offsetMs, intervalMs) * intervalMs + offsetMs;
  }

  /// The first slot after the time.
  long after(long timeMs) {
    return latest(timeMs) + intervalMs;
  }
}

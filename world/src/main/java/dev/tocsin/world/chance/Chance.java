package dev.tocsin.world.chance;

/// Random bits.
public interface Chance {
  long nextLong();

  /// From 0 to below `bound`.
  default int nextInt(int bound) {
    return (int) Long.remainderUnsigned(nextLong(), bound);
  }
}

package dev.tocsin.sim.disk;

/// Something done to a file's content that is not forced yet.
sealed interface Change {
  /// Bytes put at a position; the file grows where they reach beyond it.
  record Write(int position, byte[] bytes) implements Change {}

  /// The size set: zeros at the end, or an end cut off.
  record Resize(int size) implements Change {}
}

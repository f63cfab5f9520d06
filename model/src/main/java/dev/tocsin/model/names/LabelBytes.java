package dev.tocsin.model.names;

/// Takes a label as its bytes in UTF-8. The arrays are those that are kept: read only.
@FunctionalInterface
public interface LabelBytes {
  /// @param label its number
  /// @param name all of it
  /// @param value holds the value from `from` to `to`
  void label(int label, byte[] name, byte[] value, int from, int to);
}

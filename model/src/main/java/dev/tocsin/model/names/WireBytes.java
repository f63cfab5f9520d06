package dev.tocsin.model.names;

/// What stands before bytes of a known length in a protobuf message: a tag of one byte and the
/// length as a varint in its shortest form. Source: protobuf.dev, "Encoding".
final class WireBytes {
  /// Tags of fields 1 and 2 that have a length.
  static final int FIRST = 0x0a;

  static final int SECOND = 0x12;

  private static final int SEVEN_BITS = 0x80;

  private WireBytes() {}

  /// Bytes of a field whose content has so many.
  static int field(int length) {
    int bytes = 2 + length;
    for (int rest = length >>> 7; rest != 0; rest >>>= 7) {
      bytes++;
    }
    return bytes;
  }

  /// The index of the content, if tag and length are these; otherwise -1. The array has room for
  /// both.
  static int after(byte[] wire, int at, int tag, int length) {
    if (wire[at] != tag) {
      return -1;
    }
    int i = at + 1;
    int rest = length;
    while (rest >= SEVEN_BITS) {
      if (wire[i++] != (byte) (rest | SEVEN_BITS)) {
        return -1;
      }
      rest >>>= 7;
    }
    return wire[i] == rest ? i + 1 : -1;
  }
}

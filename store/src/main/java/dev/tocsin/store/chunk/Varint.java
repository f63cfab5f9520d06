package dev.tocsin.store.chunk;

/// Numbers in 1 to 10 bytes, seven bits each, the lowest first.
final class Varint {
  private Varint() {}

  /// Returns the index behind what it wrote.
  static int write(byte[] bytes, int at, long number) {
    long rest = number;
    int index = at;
    while ((rest & ~0x7fL) != 0) {
      bytes[index++] = (byte) (rest | 0x80);
      rest >>>= 7;
    }
    bytes[index++] = (byte) rest;
    return index;
  }

  static long fold(long signed) {
    return (signed << 1) ^ (signed >> 63);
  }

  static long unfold(long folded) {
    return (folded >>> 1) ^ -(folded & 1);
  }
}

package dev.tocsin.store.chunk;

/// Numbers in 1 to 10 bytes, seven bits each, the lowest first.
public final class Varint {
  private Varint() {}

  /// Any long; a negative one takes 10 bytes. Returns the index behind what it wrote.
  public static int write(byte[] bytes, int at, long number) {
    long rest = number;
    int index = at;
    while ((rest & ~0x7fL) != 0) {
      bytes[index++] = (byte) (rest | 0x80);
      rest >>>= 7;
    }
    bytes[index++] = (byte) rest;
    return index;
  }

  /// Small numbers of either sign become small ones without.
  public static long fold(long signed) {
    return (signed << 1) ^ (signed >> 63);
  }

  /// The number that [#fold] made this of.
  public static long unfold(long folded) {
    return (folded >>> 1) ^ -(folded & 1);
  }
}

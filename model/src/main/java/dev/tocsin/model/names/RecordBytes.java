package dev.tocsin.model.names;

import java.util.Arrays;

/// A record being put together: numbers of seven bits a byte, the lowest first, and bytes.
final class RecordBytes {
  private static final int KEPT_BYTES = 4096;

  private byte[] bytes = new byte[256];
  private int length;

  void clear() {
    length = 0;
    if (bytes.length > KEPT_BYTES) {
      bytes = new byte[256];
    }
  }

  void number(int number) {
    room(5);
    int rest = number;
    while (rest >= 0x80) {
      bytes[length++] = (byte) (rest | 0x80);
      rest >>>= 7;
    }
    bytes[length++] = (byte) rest;
  }

  /// Two bytes, the higher first.
  void u16(int number) {
    room(2);
    bytes[length++] = (byte) (number >> 8);
    bytes[length++] = (byte) number;
  }

  void bytes(byte[] from) {
    room(from.length);
    System.arraycopy(from, 0, bytes, length, from.length);
    length += from.length;
  }

  private void room(int more) {
    if (bytes.length - length < more) {
      bytes = Arrays.copyOf(bytes, Math.max(2 * bytes.length, length + more));
    }
  }

  byte[] bytes() {
    return bytes;
  }

  int length() {
    return length;
  }

  /// The number that begins here.
  static int number(byte[] bytes, int at) {
    int number = 0;
    int i = at;
    for (int shift = 0; ; shift += 7) {
      int next = bytes[i++];
      number |= (next & 0x7f) << shift;
      if (next >= 0) {
        return number;
      }
    }
  }

  /// The index behind the number that begins here.
  static int after(byte[] bytes, int at) {
    int i = at;
    while (bytes[i] < 0) {
      i++;
    }
    return i + 1;
  }
}

package dev.tocsin.engine;

import java.nio.charset.StandardCharsets;

/// Two 64-bit hashes of the same texts and numbers, side by side. The first is FNV-1a (offset basis
/// 0xcbf29ce484222325, prime 0x100000001b3) over the UTF-8 bytes of each text followed by the byte
/// 0xff, which no UTF-8 holds, and over the eight bytes of each number, high byte first. The second
/// is the same with another multiplier, finished by a mixing step. Part of the product's contract:
/// slots and event ids depend on it.
final class Hashes {
  private static final long BASIS = 0xcbf29ce484222325L;
  private static final long PRIME = 0x100000001b3L;
  private static final long OTHER_PRIME = 0x9e3779b97f4a7c15L;

  private long first = BASIS;
  private long second = BASIS;

  Hashes text(String text) {
    for (byte b : text.getBytes(StandardCharsets.UTF_8)) {
      add(b & 0xff);
    }
    add(0xff);
    return this;
  }

  Hashes number(long number) {
    for (int shift = 56; shift >= 0; shift -= 8) {
      add((int) (number >>> shift) & 0xff);
    }
    return this;
  }

  private void add(int b) {
    first = (first ^ b) * PRIME;
    second = Long.rotateLeft((second ^ b) * OTHER_PRIME, 29);
  }

  /// FNV-1a.
  long value() {
    return first;
  }

  /// 32 hexadecimal digits.
  String hex() {
    long mixed = (second ^ (second >>> 33)) * 0xff51afd7ed558ccdL;
    return hex(first) + hex(mixed ^ (mixed >>> 33));
  }

  private static String hex(long value) {
    String digits = Long.toHexString(value);
    return "0".repeat(16 - digits.length()) + digits;
  }
}

package dev.tocsin.collect.otlp;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Arrays;

/// Bytes that grow. Whoever appends keeps the lengths within limits of his own.
final class Scratch {
  private static final int RETAINED_BYTES = 64 << 10;

  private byte[] bytes = new byte[2048];
  private int length;

  void clear() {
    length = 0;
  }

  byte[] bytes() {
    return bytes;
  }

  int length() {
    return length;
  }

  /// Forgets what is behind an offset.
  void cut(int to) {
    length = to;
  }

  void add(int b) {
    room(1);
    bytes[length++] = (byte) b;
  }

  void add(byte[] source, int from, int to) {
    room(to - from);
    System.arraycopy(source, from, bytes, length, to - from);
    length += to - from;
  }

  void add(byte[] source) {
    add(source, 0, source.length);
  }

  /// Puts bytes before those from an offset on.
  void insert(int at, byte[] source) {
    room(source.length);
    System.arraycopy(bytes, at, bytes, at + source.length, length - at);
    System.arraycopy(source, 0, bytes, at, source.length);
    length += source.length;
  }

  /// Of characters below 128.
  void addAscii(CharSequence text) {
    room(text.length());
    for (int i = 0; i < text.length(); i++) {
      bytes[length++] = (byte) text.charAt(i);
    }
  }

  void addText(String text) {
    add(text.getBytes(UTF_8));
  }

  /// As decimal digits.
  void addNumber(long number) {
    if (number == Long.MIN_VALUE) {
      addAscii("-9223372036854775808");
      return;
    }
    if (number < 0) {
      add('-');
    }
    long rest = Math.abs(number);
    int digits = 1;
    for (long ten = rest / 10; ten > 0; ten /= 10) {
      digits++;
    }
    room(digits);
    for (int i = length + digits - 1; i >= length; i--) {
      bytes[i] = (byte) ('0' + rest % 10);
      rest /= 10;
    }
    length += digits;
  }

  /// Compares two stretches as unsigned bytes. They are short and differ early: a plain loop is
  /// faster than what searches many bytes at once.
  int compare(int from, int to, int otherFrom, int otherTo) {
    int length = Math.min(to - from, otherTo - otherFrom);
    for (int i = 0; i < length; i++) {
      int difference = (bytes[from + i] & 0xff) - (bytes[otherFrom + i] & 0xff);
      if (difference != 0) {
        return difference;
      }
    }
    return (to - from) - (otherTo - otherFrom);
  }

  private void room(int more) {
    if (bytes.length - length < more) {
      bytes = Arrays.copyOf(bytes, Math.max(2 * bytes.length, length + more));
    }
  }

  void shrink() {
    clear();
    if (bytes.length > RETAINED_BYTES) {
      bytes = new byte[2048];
    }
  }
}

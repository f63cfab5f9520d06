package dev.tocsin.model.names;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.util.Arrays;

/// Text as bytes: UTF-8, in which half of a surrogate pair is three bytes like any other character,
/// so that every [String] comes back as it was.
final class TextBytes {
  private static final int ASCII_END = 0x80;

  private TextBytes() {}

  static boolean isAscii(String text) {
    for (int i = 0; i < text.length(); i++) {
      if (text.charAt(i) >= ASCII_END) {
        return false;
      }
    }
    return true;
  }

  static byte[] of(String text) {
    if (isAscii(text)) {
      return text.getBytes(ISO_8859_1);
    }
    byte[] bytes = new byte[3 * text.length()];
    int at = 0;
    for (int i = 0; i < text.length(); ) {
      int c = text.codePointAt(i);
      i += Character.charCount(c);
      if (c < ASCII_END) {
        bytes[at++] = (byte) c;
      } else if (c < 0x800) {
        bytes[at++] = (byte) (0xc0 | c >> 6);
        bytes[at++] = rest(c);
      } else if (c < 0x10000) {
        bytes[at++] = (byte) (0xe0 | c >> 12);
        bytes[at++] = rest(c >> 6);
        bytes[at++] = rest(c);
      } else {
        bytes[at++] = (byte) (0xf0 | c >> 18);
        bytes[at++] = rest(c >> 12);
        bytes[at++] = rest(c >> 6);
        bytes[at++] = rest(c);
      }
    }
    return Arrays.copyOf(bytes, at);
  }

  private static byte rest(int bits) {
    return (byte) (0x80 | (bits & 0x3f));
  }

  /// The reverse of [#of].
  static String text(byte[] bytes, int from, int to) {
    for (int i = from; i < to; i++) {
      if (bytes[i] < 0) {
        return decoded(bytes, from, to);
      }
    }
    return new String(bytes, from, to - from, ISO_8859_1);
  }

  private static String decoded(byte[] bytes, int from, int to) {
    StringBuilder text = new StringBuilder(to - from);
    int i = from;
    while (i < to) {
      int first = bytes[i] & 0xff;
      int more = first < ASCII_END ? 0 : first < 0xe0 ? 1 : first < 0xf0 ? 2 : 3;
      int c = more == 0 ? first : first & (0x3f >> more);
      for (int k = 1; k <= more; k++) {
        c = c << 6 | (bytes[i + k] & 0x3f);
      }
      text.appendCodePoint(c);
      i += more + 1;
    }
    return text.toString();
  }

  /// Whether the bytes are this text. Allocates nothing for ASCII.
  static boolean equal(String text, byte[] bytes, int from, int to) {
    int length = text.length();
    if (to - from < length) {
      return false;
    }
    for (int i = 0; i < length; i++) {
      char c = text.charAt(i);
      if (c >= ASCII_END) {
        byte[] whole = of(text);
        return Arrays.equals(whole, 0, whole.length, bytes, from, to);
      }
      if (bytes[from + i] != c) {
        return false;
      }
    }
    return to - from == length;
  }
}

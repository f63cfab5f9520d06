package dev.tocsin.agent.api;

/// Names of any characters in a path: `U__`, then letters and digits as they are, an underscore
/// twice, anything else as its hexadecimal code point between underscores: `U__a_2e_b` is `a.b`.
/// Source: the escaping scheme `values` of the Prometheus data model.
final class EscapedName {
  private static final String PREFIX = "U__";

  /// Digits of a code point.
  private static final int DIGITS_MAX = 6;

  private EscapedName() {}

  /// The name meant; one that is not escaped, or wrongly, stays as it is.
  static String unescaped(String name) {
    if (!name.startsWith(PREFIX)) {
      return name;
    }
    StringBuilder out = new StringBuilder();
    int at = PREFIX.length();
    while (at < name.length()) {
      char c = name.charAt(at++);
      if (c != '_') {
        out.append(c);
        continue;
      }
      int end = name.indexOf('_', at);
      if (end == at) {
        out.append('_');
      } else {
        int code = end < 0 ? -1 : codePoint(name, at, end);
        if (code < 0) {
          return name;
        }
        out.appendCodePoint(code);
      }
      at = end + 1;
    }
    return out.toString();
  }

  private static int codePoint(String name, int from, int to) {
    if (to - from > DIGITS_MAX) {
      return -1;
    }
    int code = 0;
    for (int i = from; i < to; i++) {
      char c = name.charAt(i);
      int digit = c < 0x80 ? Character.digit(c, 16) : -1;
      if (digit < 0) {
        return -1;
      }
      code = code * 16 + digit;
    }
    boolean surrogate = code >= Character.MIN_SURROGATE && code <= Character.MAX_SURROGATE;
    return Character.isValidCodePoint(code) && !surrogate ? code : -1;
  }
}

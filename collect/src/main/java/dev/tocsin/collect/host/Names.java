package dev.tocsin.collect.host;

/// Makes parts of metric names of what the kernel calls things.
final class Names {
  private Names() {}

  static boolean isPlain(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_';
  }

  /// Anything else becomes `_`.
  static String plain(String text) {
    StringBuilder out = new StringBuilder(text.length());
    for (int i = 0; i < text.length(); i++) {
      out.append(isPlain(text.charAt(i)) ? text.charAt(i) : '_');
    }
    return out.toString();
  }
}

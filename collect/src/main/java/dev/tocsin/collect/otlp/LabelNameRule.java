package dev.tocsin.collect.otlp;

/// How the key of an attribute becomes the name of a label. Source: prometheus/otlptranslator,
/// label_namer.go with its defaults.
///
/// @param escapes whether runs of what is no letter or digit become one underscore
/// @param prefix comes before the key and is part of what is translated
record LabelNameRule(boolean escapes, byte[] prefix) {
  private static final byte[] NO_PREFIX = {};

  LabelNameRule(boolean escapes) {
    this(escapes, NO_PREFIX);
  }

  /// Appends the name. False: it would be empty, or underscores alone; what was appended means
  /// nothing then.
  boolean append(byte[] key, int from, int to, Scratch out) {
    if (from == to && prefix.length == 0) {
      return false;
    }
    int start = out.length();
    out.add(prefix);
    if (escapes) {
      escape(key, from, to, out);
    } else {
      out.add(key, from, to);
    }
    byte[] bytes = out.bytes();
    for (int i = start; i < out.length(); i++) {
      if (bytes[i] != '_') {
        return true;
      }
    }
    return false;
  }

  /// Byte by byte: of a character of several bytes each one is bad, and becomes the same
  /// underscore.
  private void escape(byte[] key, int from, int to, Scratch out) {
    boolean reserved = prefix.length == 0 && isReserved(key, from, to);
    int inner = reserved ? 2 : 0;
    if (reserved) {
      out.add('_');
      out.add('_');
    } else if (prefix.length == 0 && isDigit(key[from])) {
      out.add('k');
      out.add('e');
      out.add('y');
      out.add('_');
    }
    // The prefix ends with an underscore, which the key's own do not double.
    boolean underscore = prefix.length > 0;
    for (int i = from + inner; i < to - inner; i++) {
      boolean good = isGood(key[i]);
      if (good || !underscore) {
        out.add(good ? key[i] : '_');
      }
      underscore = !good;
    }
    if (reserved) {
      out.add('_');
      out.add('_');
    }
  }

  private static boolean isReserved(byte[] key, int from, int to) {
    return to - from >= 4
        && key[from] == '_'
        && key[from + 1] == '_'
        && key[to - 1] == '_'
        && key[to - 2] == '_';
  }

  private static boolean isDigit(byte b) {
    return b >= '0' && b <= '9';
  }

  private static boolean isGood(byte b) {
    return (b >= 'a' && b <= 'z') || (b >= 'A' && b <= 'Z') || isDigit(b);
  }
}

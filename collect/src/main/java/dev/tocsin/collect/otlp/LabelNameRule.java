package dev.tocsin.collect.otlp;

/// How the key of an attribute becomes the name of a label. Source: prometheus/otlptranslator,
/// label_namer.go.
final class LabelNameRule {
  private static final byte[] NO_PREFIX = {};
  private static final byte[] KEY = {'k', 'e', 'y'};
  private static final byte[] KEY_UNDERSCORE = {'k', 'e', 'y', '_'};

  private final boolean escapes;
  private final boolean keyBeforeUnderscore;
  private final boolean keepsUnderscores;
  private final byte[] prefix;

  LabelNameRule(OtlpOptions options) {
    this(options, NO_PREFIX);
  }

  /// @param prefix comes before the key and is part of what is translated
  LabelNameRule(OtlpOptions options, byte[] prefix) {
    escapes = options.strategy().escapes();
    keyBeforeUnderscore = options.keyBeforeUnderscore();
    keepsUnderscores = options.keepsUnderscores();
    this.prefix = prefix;
  }

  /// Appends the name. False: it would be empty, or underscores alone; what was appended means
  /// nothing then.
  boolean append(byte[] key, int from, int to, Scratch out) {
    if (from == to && prefix.length == 0) {
      return false;
    }
    int start = out.length();
    out.add(prefix);
    if (!escapes) {
      out.add(key, from, to);
    } else if (keepsUnderscores) {
      escapeEach(key, from, to, out);
      begin(start, out);
    } else {
      escapeRuns(key, from, to, out);
      begin(start, out);
    }
    byte[] bytes = out.bytes();
    for (int i = start; i < out.length(); i++) {
      if (bytes[i] != '_') {
        return true;
      }
    }
    return false;
  }

  /// Puts something before a name that may not begin as it does.
  private void begin(int start, Scratch out) {
    byte[] name = out.bytes();
    if (isDigit(name[start])) {
      out.insert(start, KEY_UNDERSCORE);
    } else if (keyBeforeUnderscore
        && name[start] == '_'
        && (out.length() == start + 1 || name[start + 1] != '_')) {
      out.insert(start, KEY);
    }
  }

  /// Each bad character becomes an underscore, also one of several bytes.
  private static void escapeEach(byte[] key, int from, int to, Scratch out) {
    for (int i = from; i < to; i++) {
      boolean within = i > from && isContinued(key[i]) && key[i - 1] < 0;
      if (!within) {
        out.add(isGood(key[i]) ? key[i] : '_');
      }
    }
  }

  /// A run of bad characters becomes one underscore.
  private void escapeRuns(byte[] key, int from, int to, Scratch out) {
    boolean reserved = prefix.length == 0 && isReserved(key, from, to);
    int inner = reserved ? 2 : 0;
    if (reserved) {
      out.add('_');
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

  /// A byte of a character of several, but not its first.
  private static boolean isContinued(byte b) {
    return (b & 0xc0) == 0x80;
  }

  private static boolean isDigit(byte b) {
    return b >= '0' && b <= '9';
  }

  private static boolean isGood(byte b) {
    return (b >= 'a' && b <= 'z') || (b >= 'A' && b <= 'Z') || isDigit(b);
  }
}

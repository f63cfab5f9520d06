package dev.tocsin.model.labels;

/// The spelling of names: the legacy character set, which needs no quotes, and the quoting of
/// everything else. Source: the Prometheus data model.
public final class LabelNames {
  private static final int BYTES_START = Character.MIN_LOW_SURROGATE;

  private LabelNames() {}

  /// `[a-zA-Z_:][a-zA-Z0-9_:]*`
  public static boolean isLegacyMetricName(String name) {
    return isLegacy(name, true);
  }

  /// `[a-zA-Z_][a-zA-Z0-9_]*`
  public static boolean isLegacyLabelName(String name) {
    return isLegacy(name, false);
  }

  private static boolean isLegacy(String name, boolean colon) {
    for (int i = 0; i < name.length(); i++) {
      char c = name.charAt(i);
      boolean letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
      if (!letter && !(c == ':' && colon) && !(c >= '0' && c <= '9' && i > 0)) {
        return false;
      }
    }
    return !name.isEmpty();
  }

  /// Stands for a byte that is no part of any UTF-8 text, from 0x80 on: half a surrogate pair.
  public static char ofByte(int value) {
    return (char) (BYTES_START + value);
  }

  /// A double-quoted string with the escapes of Go's `strconv.Quote` for printable text.
  public static String quote(String text) {
    StringBuilder out = new StringBuilder(text.length() + 2).append('"');
    text.codePoints().forEach(c -> appendQuoted(out, c));
    return out.append('"').toString();
  }

  private static void appendQuoted(StringBuilder out, int c) {
    switch (c) {
      case '"' -> out.append("\\\"");
      case '\\' -> out.append("\\\\");
      case '\n' -> out.append("\\n");
      case '\r' -> out.append("\\r");
      case '\t' -> out.append("\\t");
      case 0x07 -> out.append("\\a");
      case '\b' -> out.append("\\b");
      case '\f' -> out.append("\\f");
      case 0x0b -> out.append("\\v");
      default -> {
        if (isPrintable(c)) {
          out.appendCodePoint(c);
        } else {
          appendHex(out, c);
        }
      }
    }
  }

  private static void appendHex(StringBuilder out, int c) {
    if (c >= BYTES_START + 0x80 && c <= BYTES_START + 0xFF) {
      out.append("\\x").append(Integer.toHexString(c - BYTES_START));
      return;
    }
    String hex = Integer.toHexString(c);
    int digits = c < 0x80 ? 2 : c < 0x10000 ? 4 : 8;
    out.append(digits == 2 ? "\\x" : digits == 4 ? "\\u" : "\\U");
    out.repeat('0', digits - hex.length()).append(hex);
  }

  private static boolean isPrintable(int c) {
    if (c < 0x80) {
      return c >= 0x20 && c < 0x7f;
    }
    return switch (Character.getType(c)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.SURROGATE,
          Character.PRIVATE_USE,
          Character.UNASSIGNED,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR,
          Character.SPACE_SEPARATOR ->
          false;
      default -> true;
    };
  }
}

package dev.tocsin.rules.template;

import dev.tocsin.rules.template.parse.Literals;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/// Text made safe for somewhere else, as Go's `html`, `js` and `urlquery` do.
final class Escape {
  private Escape() {}

  static String html(String text) {
    StringBuilder out = new StringBuilder(text.length());
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      switch (c) {
        case 0 -> out.append('\ufffd');
        case '"' -> out.append("&#34;");
        case '\'' -> out.append("&#39;");
        case '&' -> out.append("&amp;");
        case '<' -> out.append("&lt;");
        case '>' -> out.append("&gt;");
        default -> out.append(c);
      }
    }
    return out.toString();
  }

  static String js(String text) {
    StringBuilder out = new StringBuilder(text.length());
    text.codePoints().forEach(c -> js(out, c));
    return out.toString();
  }

  private static void js(StringBuilder out, int c) {
    if (c == '\\' || c == '\'' || c == '"') {
      out.append('\\').appendCodePoint(c);
    } else if (c < ' ' || c == '<' || c == '>' || c == '&' || c == '=') {
      out.append(String.format(Locale.ROOT, "\\u%04X", c));
    } else if (c < 0x80 || Literals.isPrintable(c)) {
      out.appendCodePoint(c);
    } else {
      out.append(String.format(Locale.ROOT, "\\u%04X", c));
    }
  }

  /// A space becomes a plus sign; letters, digits and `-_.~` stay.
  static String urlQuery(String text) {
    StringBuilder out = new StringBuilder(text.length());
    for (byte b : text.getBytes(StandardCharsets.UTF_8)) {
      int c = b & 0xff;
      boolean isLetter = (c | 0x20) >= 'a' && (c | 0x20) <= 'z';
      if (isLetter || (c >= '0' && c <= '9') || "-_.~".indexOf(c) >= 0) {
        out.append((char) c);
      } else if (c == ' ') {
        out.append('+');
      } else {
        out.append(String.format(Locale.ROOT, "%%%02X", c));
      }
    }
    return out.toString();
  }
}

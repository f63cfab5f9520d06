package dev.tocsin.rules.file;

import dev.tocsin.yaml.Node;

/// Finds the place of a character of a YAML scalar's value in the file's text, however the scalar
/// is written: the characters that are no white space stand in both in the same order. A place that
/// cannot be found is the scalar's own.
final class Source {
  /// Line and column, from 1.
  record Place(int line, int column) {}

  private final String text;

  Source(String text) {
    this.text = text;
  }

  /// @param line of the value, from 1
  /// @param column in that line, from 1
  Place place(Node.Scalar scalar, int line, int column) {
    int at = 0;
    for (int i = 1; i < line; i++) {
      int end = scalar.text().indexOf('\n', at);
      if (end < 0) {
        break;
      }
      at = end + 1;
    }
    return place(scalar, Math.min(scalar.text().length(), at + column - 1));
  }

  /// @param offset in the value, from 0; may be its length
  Place place(Node.Scalar scalar, int offset) {
    int begin = begin(offsetOf(scalar.line(), scalar.column()));
    char first = begin < text.length() ? text.charAt(begin) : ' ';
    boolean block = (first == '|' || first == '>') && scalar.quoted();
    boolean quoted = (first == '"' || first == '\'') && scalar.quoted();
    int from = block ? nextLine(begin) : quoted ? begin + 1 : begin;
    int at = new Walk(scalar.text(), quoted ? first : ' ', from).to(offset);
    return at < 0 ? new Place(scalar.line(), scalar.column()) : placeOf(at);
  }

  /// Behind the anchor and the tag.
  private int begin(int at) {
    int begin = at;
    while (begin < text.length() && (text.charAt(begin) == '&' || text.charAt(begin) == '!')) {
      while (begin < text.length() && !Character.isWhitespace(text.charAt(begin))) {
        begin++;
      }
      while (begin < text.length() && Character.isWhitespace(text.charAt(begin))) {
        begin++;
      }
    }
    return begin;
  }

  private int nextLine(int at) {
    int end = text.indexOf('\n', at);
    return end < 0 ? text.length() : end + 1;
  }

  private int offsetOf(int line, int column) {
    int at = 0;
    for (int i = 1; i < line && at < text.length(); i++) {
      at = nextLine(at);
    }
    return Math.min(text.length(), at + Math.max(0, column - 1));
  }

  private Place placeOf(int at) {
    int line = 1;
    int start = 0;
    for (int next = text.indexOf('\n'); next >= 0 && next < at; next = text.indexOf('\n', start)) {
      line++;
      start = next + 1;
    }
    return new Place(line, text.codePointCount(start, at) + 1);
  }

  /// Goes through the value and the file's text side by side.
  private final class Walk {
    private final String value;
    private final char quote;
    private int at;

    Walk(String value, char quote, int from) {
      this.value = value;
      this.quote = quote;
      this.at = from;
    }

    /// The offset in the file of the value's character; at the value's end, of the place behind its
    /// last character. -1: not found.
    int to(int offset) {
      int behind = at;
      for (int i = 0; i <= offset && i < value.length(); i++) {
        if (Character.isWhitespace(value.charAt(i))) {
          continue;
        }
        int found = next(value.charAt(i));
        if (found < 0) {
          return -1;
        }
        if (i == offset) {
          return found;
        }
        behind = at;
      }
      return behind;
    }

    /// Steps over the next character that is no white space; -1 where it is another.
    private int next(char expected) {
      while (at < text.length()) {
        char c = text.charAt(at);
        if (Character.isWhitespace(c)) {
          at++;
        } else if (quote == '"' && c == '\\') {
          int found = at;
          at += escapeLength();
          if (!isBlankEscape(found)) {
            return found;
          }
        } else {
          int found = at;
          at += quote == '\'' && c == '\'' ? 2 : 1;
          return c == expected ? found : -1;
        }
      }
      return -1;
    }

    private int escapeLength() {
      char kind = at + 1 < text.length() ? text.charAt(at + 1) : ' ';
      return switch (kind) {
        case 'x' -> 4;
        case 'u' -> 6;
        case 'U' -> 10;
        default -> 2;
      };
    }

    /// A line break, or a character that is white space in the value.
    private boolean isBlankEscape(int found) {
      return found + 1 >= text.length() || "ntrvf _NLP\n\r\t".indexOf(text.charAt(found + 1)) >= 0;
    }
  }
}

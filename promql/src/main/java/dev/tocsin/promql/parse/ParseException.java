package dev.tocsin.promql.parse;

/// Why a text is no query, and where. The message is worded as Prometheus words it: `1:5: parse
/// error: unexpected end of input`.
public final class ParseException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final ParseErrorKind kind;
  private final String reason;
  private final int line;
  private final int column;
  private final int start;
  private final int end;

  ParseException(String text, ParseErrorKind kind, int start, int end, String reason) {
    super(place(text, start) + ": parse error: " + reason);
    this.kind = kind;
    this.reason = reason;
    this.line = line(text, start);
    this.column = column(text, start);
    this.start = start;
    this.end = end;
  }

  private static String place(String text, int at) {
    return text.isEmpty() ? "unknown position" : line(text, at) + ":" + column(text, at);
  }

  private static int line(String text, int at) {
    int line = 1;
    for (int i = 0; i < at; i++) {
      if (text.charAt(i) == '\n') {
        line++;
      }
    }
    return line;
  }

  /// Counted in bytes of UTF-8, as Prometheus does.
  private static int column(String text, int at) {
    int lineStart = at == 0 ? 0 : text.lastIndexOf('\n', at - 1) + 1;
    int bytes = 0;
    for (int i = lineStart; i < at; i++) {
      char c = text.charAt(i);
      bytes += c < 0x80 ? 1 : c < 0x800 || Character.isSurrogate(c) ? 2 : 3;
    }
    return bytes + 1;
  }

  public ParseErrorKind kind() {
    return kind;
  }

  /// The message without the place.
  public String reason() {
    return reason;
  }

  /// From 1.
  public int line() {
    return line;
  }

  /// From 1, in bytes of UTF-8.
  public int column() {
    return column;
  }

  /// Where the piece at fault starts, in characters from 0.
  public int start() {
    return start;
  }

  /// Where the piece at fault ends (exclusive), in characters from 0.
  public int end() {
    return end;
  }
}

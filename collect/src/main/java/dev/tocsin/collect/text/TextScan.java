package dev.tocsin.collect.text;

/// Goes from sample to sample through a body, and leaves out comments, metadata and empty lines. A
/// line is the bytes before a line feed, also within quotes. Reused; makes no objects.
final class TextScan {
  private static final String EOF = "# EOF";

  private final TextLine line;
  private byte[] body = new byte[0];
  private int end;
  private TextFormat format = TextFormat.PROMETHEUS;
  private int next;
  private int number;
  private int from;

  /// Where the line's first character is that is no blank.
  private int start;

  private boolean isEnded;
  private boolean isBehindEnd;

  /// @param line what the lines are read into
  TextScan(TextLine line) {
    this.line = line;
  }

  void begin(byte[] bytes, int length, TextFormat how) {
    body = bytes;
    end = length;
    format = how;
    next = 0;
    number = 0;
    from = 0;
    isEnded = false;
    isBehindEnd = false;
    line.over(bytes, length, how);
  }

  /// Keeps no body alive.
  void forget() {
    begin(new byte[0], 0, TextFormat.PROMETHEUS);
    line.forget();
  }

  /// Moves to the next line that has something on it; false where there is none.
  boolean advance() {
    while (next < end && !isBehindEnd) {
      from = next;
      number++;
      int at = next;
      while (at < end && (body[at] == ' ' || body[at] == '\t')) {
        at++;
      }
      if (isLineEnd(body, at, end)) {
        next = behindLine(at);
        continue;
      }
      isBehindEnd = isEnded;
      if (body[at] == '#') {
        next = behindLine(at);
        isEnded |= format == TextFormat.OPEN_METRICS && isEof(body, from, end);
        continue;
      }
      if (!isBehindEnd) {
        start = at;
        return true;
      }
    }
    return false;
  }

  /// Reads the sample of this line.
  TextFault read() {
    TextFault fault = line.read(start);
    next = behindLine(fault == TextFault.NONE ? line.at() : start);
    return fault;
  }

  /// Where this line's sample begins, for [TextLine#read].
  int start() {
    return start;
  }

  /// The number of this line, from 1.
  int number() {
    return number;
  }

  /// The how manieth character of this line is at an offset, from 1; a byte that is not UTF-8 is
  /// one, or none.
  int column(int offset) {
    int column = 1;
    for (int i = from; i < offset; i++) {
      column += (body[i] & 0xc0) == 0x80 ? 0 : 1;
    }
    return column;
  }

  /// After the last line: why this is no body of its format, or the empty string.
  String brokenEnd() {
    if (isBehindEnd) {
      return "line " + number + " is behind the end, which is " + EOF;
    }
    boolean isOpen = format == TextFormat.OPEN_METRICS && !isEnded;
    return isOpen ? "the end is missing, which is " + EOF + " in OpenMetrics" : "";
  }

  private int behindLine(int at) {
    int i = at;
    while (i < end && body[i] != '\n') {
      i++;
    }
    return Math.min(end, i + 1);
  }

  /// Whether a line that begins here is the end of an OpenMetrics body.
  static boolean isEof(byte[] body, int from, int end) {
    int behind = from + EOF.length();
    if (behind > end) {
      return false;
    }
    for (int i = 0; i < EOF.length(); i++) {
      if (body[from + i] != EOF.charAt(i)) {
        return false;
      }
    }
    return isLineEnd(body, behind, end);
  }

  /// Whether a line ends here, as lines do here or on Windows.
  static boolean isLineEnd(byte[] body, int at, int end) {
    int i = at < end && body[at] == '\r' ? at + 1 : at;
    return i == end || body[i] == '\n';
  }
}

package dev.tocsin.collect.text;

import dev.tocsin.model.limit.Limits;

/// One sample as it stands on its line: where its texts are in the body, its value and its time.
/// Reused for every line; makes no objects.
///
/// Names are spelt as Prometheus reads them: plain, or in double quotes, and then the metric's is
/// inside of the braces. Blanks and tabs may stand between any two parts. Source: the text format's
/// specification, and Prometheus 3 for quoted names.
final class TextLine {
  private final NumberText number = new NumberText();

  /// Four offsets a label: name from, to, value from, to; those of a quoted text are inside of its
  /// quotes.
  private final int[] spans = new int[4 * Limits.LABELS_MAX];

  private byte[] body = new byte[0];
  private TextFormat format = TextFormat.PROMETHEUS;
  private int end;
  private int at;

  private int nameFrom;
  private int nameTo;
  private boolean isNamed;
  private int labels;
  private double value;
  private boolean hasTime;
  private long timeMs;

  /// The text that was read last.
  private int textFrom;

  private int textTo;

  private TextFault fault = TextFault.NONE;
  private int faultAt;

  void over(byte[] bytes, int length, TextFormat how) {
    body = bytes;
    end = length;
    format = how;
  }

  /// Keeps no body alive.
  void forget() {
    over(new byte[0], 0, TextFormat.PROMETHEUS);
    number.forget();
  }

  /// Reads the sample that begins here, up to the end of its line.
  ///
  /// @param from of its first character that is no blank
  TextFault read(int from) {
    at = from;
    isNamed = false;
    nameFrom = from;
    nameTo = from;
    labels = 0;
    hasTime = false;
    fault = TextFault.NONE;
    boolean isGood = series() && number() && time() && exemplar() && lineEnds();
    return isGood ? TextFault.NONE : fault;
  }

  /// Where it is broken.
  int faultAt() {
    return faultAt;
  }

  /// Where reading ended: at the end of the line, if nothing is broken.
  int at() {
    return at;
  }

  boolean isNamed() {
    return isNamed;
  }

  int nameFrom() {
    return nameFrom;
  }

  int nameTo() {
    return nameTo;
  }

  /// Labels on the line; the places of the first `Limits.LABELS_MAX` are known.
  int labels() {
    return labels;
  }

  /// @param which 0 and 1: name from, to; 2 and 3: value from, to
  int span(int label, int which) {
    return spans[4 * label + which];
  }

  double value() {
    return value;
  }

  boolean hasTime() {
    return hasTime;
  }

  long timeMs() {
    return timeMs;
  }

  private boolean fails(TextFault why, int where) {
    fault = why;
    faultAt = where;
    return false;
  }

  private boolean series() {
    if (at < end && body[at] != '{') {
      if (!plain(true)) {
        return fails(TextFault.NO_NAME, at);
      }
      name();
      skipBlanks();
    }
    if (is('{')) {
      at++;
      if (!braces(true)) {
        return false;
      }
      skipBlanks();
    }
    return true;
  }

  private void name() {
    isNamed = true;
    nameFrom = textFrom;
    nameTo = textTo;
  }

  /// What is inside of the braces, and the closing one.
  ///
  /// @param ofSample false: an exemplar's, which are checked only and have no metric name
  private boolean braces(boolean ofSample) {
    skipBlanks();
    while (!is('}')) {
      boolean quoted = is('"');
      if (!quoted && !plain(false)) {
        return fails(TextFault.NO_LABEL_NAME, at);
      }
      int from = at;
      if (quoted && !quoted()) {
        return false;
      }
      skipBlanks();
      boolean isName = quoted && ofSample && (is(',') || is('}'));
      if (isName && isNamed) {
        return fails(TextFault.NAME_TWICE, from);
      }
      if (isName) {
        name();
      } else if (!value(ofSample)) {
        return false;
      }
      skipBlanks();
      if (is(',')) {
        at++;
        skipBlanks();
      } else if (!is('}')) {
        return fails(TextFault.NO_COMMA, at);
      }
    }
    at++;
    return true;
  }

  /// What follows a label's name.
  private boolean value(boolean ofSample) {
    int labelFrom = textFrom;
    int labelTo = textTo;
    if (!is('=')) {
      return fails(TextFault.NO_EQUALS, at);
    }
    at++;
    skipBlanks();
    if (!is('"')) {
      return fails(TextFault.NO_QUOTE, at);
    }
    if (!quoted()) {
      return false;
    }
    if (ofSample) {
      if (labels < Limits.LABELS_MAX) {
        int i = 4 * labels;
        spans[i] = labelFrom;
        spans[i + 1] = labelTo;
        spans[i + 2] = textFrom;
        spans[i + 3] = textTo;
      }
      labels++;
    }
    return true;
  }

  /// A name without quotes. Nothing is read where none begins.
  private boolean plain(boolean colons) {
    textFrom = at;
    while (at < end && isPlain(body[at], colons, at > textFrom)) {
      at++;
    }
    textTo = at;
    return textTo > textFrom;
  }

  private static boolean isPlain(byte b, boolean colons, boolean digits) {
    int lower = b | 0x20;
    return (lower >= 'a' && lower <= 'z')
        || b == '_'
        || (b == ':' && colons)
        || (b >= '0' && b <= '9' && digits);
  }

  /// A text in double quotes, the first of which is here.
  private boolean quoted() {
    int from = at;
    at++;
    textFrom = at;
    while (at < end && body[at] != '"' && body[at] != '\n') {
      at += body[at] == '\\' && at + 1 < end && body[at + 1] != '\n' ? 2 : 1;
    }
    textTo = at;
    if (!is('"')) {
      return fails(TextFault.NOT_CLOSED, from);
    }
    at++;
    return true;
  }

  private boolean number() {
    boolean isGood = isNumber(TextFault.NO_VALUE);
    value = number.value();
    return isGood;
  }

  private boolean isNumber(TextFault whereMissing) {
    int from = at;
    skipWord();
    if (at == from) {
      return fails(whereMissing, at);
    }
    TextFault found = number.read(body, from, at);
    if (found != TextFault.NONE) {
      return fails(found, from);
    }
    skipBlanks();
    return true;
  }

  private boolean time() {
    if (isLineEnd() || is('#')) {
      return true;
    }
    hasTime = true;
    return switch (format) {
      case PROMETHEUS -> milliseconds();
      case OPEN_METRICS -> seconds();
    };
  }

  private boolean milliseconds() {
    int from = at;
    boolean negative = is('-');
    if (negative || is('+')) {
      at++;
    }
    int first = at;
    long time = 0;
    boolean isGood = true;
    for (; at < end && body[at] >= '0' && body[at] <= '9'; at++) {
      // The other sign has room for one more.
      int digit = body[at] - '0';
      isGood &= time > Long.MIN_VALUE / 10 || (time == Long.MIN_VALUE / 10 && digit <= 8);
      time = 10 * time - digit;
    }
    isGood &= at > first && (negative || time != Long.MIN_VALUE);
    int digitsTo = at;
    skipWord();
    if (!isGood || at > digitsTo) {
      return fails(TextFault.NOT_MILLISECONDS, from);
    }
    timeMs = negative ? time : -time;
    skipBlanks();
    return true;
  }

  private boolean seconds() {
    int from = at;
    if (!isNumber(TextFault.NOT_SECONDS) || !Double.isFinite(number.value())) {
      return fails(TextFault.NOT_SECONDS, from);
    }
    timeMs = Math.round(number.value() * 1000);
    return true;
  }

  /// `# {label="value"} 1 1764000000.5`, checked and left out.
  private boolean exemplar() {
    if (!is('#')) {
      return true;
    }
    int from = at;
    at++;
    skipBlanks();
    if (!is('{')) {
      return fails(TextFault.NO_EXEMPLAR, from);
    }
    at++;
    if (!braces(false)) {
      return false;
    }
    skipBlanks();
    if (!isNumber(TextFault.NO_VALUE)) {
      return false;
    }
    return isLineEnd() || isNumber(TextFault.NOT_SECONDS);
  }

  private boolean lineEnds() {
    return isLineEnd() || fails(TextFault.NO_END, at);
  }

  /// Whether the line ends here, as lines do here or on Windows.
  private boolean isLineEnd() {
    return TextScan.isLineEnd(body, at, end);
  }

  private boolean is(char c) {
    return at < end && body[at] == c;
  }

  private void skipBlanks() {
    while (at < end && (body[at] == ' ' || body[at] == '\t')) {
      at++;
    }
  }

  /// To the next blank, or the end of the line.
  private void skipWord() {
    while (at < end && !isSpace(body[at])) {
      at++;
    }
  }

  private static boolean isSpace(byte b) {
    return b == ' ' || b == '\t' || b == '\n' || b == '\r';
  }
}

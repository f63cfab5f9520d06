package dev.tocsin.world.real.http;

import java.io.EOFException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/// Reads the head of a message (RFC 9112): the first line and the fields up to the empty line.
///
/// Strict, because where two programs read one head differently, a request can be smuggled past one
/// of them: lines end with CR LF, names are tokens directly followed by the colon, no line is
/// continued, and no value has control characters.
final class HeadReader {
  private static final boolean[] TOKEN = new boolean[128];

  static {
    for (char c = '0'; c <= 'z'; c++) {
      TOKEN[c] = Character.isLetterOrDigit(c);
    }
    for (char c : "!#$%&'*+-.^_`|~".toCharArray()) {
      TOKEN[c] = true;
    }
  }

  /// @param firstLine without its line end
  record Head(String firstLine, Fields fields) {}

  private HeadReader() {}

  /// Waits for a whole head. Fails with [EOFException] where the peer ends before it began one, and
  /// with [WireException] where it is no head.
  static Head read(WireInput in, int bytesMax) throws IOException {
    int length = await(in, bytesMax);
    String text = new String(in.buffer(), in.from(), length, StandardCharsets.ISO_8859_1);
    in.skip(length);
    return parse(text);
  }

  /// Waits until the empty line is in the buffer; returns the bytes up to it and with it.
  private static int await(WireInput in, int bytesMax) throws IOException {
    skipEmptyLines(in, bytesMax);
    int seen = 0;
    while (true) {
      int unread = in.to() - in.from();
      int end = endOf(in.buffer(), in.from() + Math.max(0, seen - 3), in.to());
      if (end > 0) {
        if (end - in.from() > bytesMax) {
          throw new WireException(431, "the headers are larger than " + bytesMax + " bytes");
        }
        return end - in.from();
      }
      seen = unread;
      if (in.fill(bytesMax) < 0) {
        throw new WireException(400, "the connection ended within the headers");
      }
    }
  }

  /// RFC 9112 2.2: at least one empty line before a message is to be ignored.
  private static void skipEmptyLines(WireInput in, int bytesMax) throws IOException {
    int skipped = 0;
    while (true) {
      if (in.isEmpty() && in.fill(bytesMax) < 0) {
        throw new EOFException("the connection ended");
      }
      byte first = in.buffer()[in.from()];
      if (first != '\r' && first != '\n') {
        return;
      }
      if (++skipped > 4) {
        throw new WireException(400, "empty lines instead of a request");
      }
      in.skip(1);
    }
  }

  private static int endOf(byte[] buffer, int from, int to) {
    for (int i = from; i + 3 < to; i++) {
      if (buffer[i] == '\r'
          && buffer[i + 1] == '\n'
          && buffer[i + 2] == '\r'
          && buffer[i + 3] == '\n') {
        return i + 4;
      }
    }
    return -1;
  }

  private static Head parse(String text) throws WireException {
    int end = text.indexOf("\r\n");
    String firstLine = text.substring(0, end);
    checkText(firstLine);
    Fields fields = readFields(text, end + 2);
    return new Head(firstLine, fields);
  }

  /// Reads fields up to the empty line at the text's end.
  private static Fields readFields(String text, int from) throws WireException {
    Fields fields = new Fields();
    int at = from;
    while (at < text.length() - 2) {
      int end = text.indexOf("\r\n", at);
      readField(text.substring(at, end), fields);
      at = end + 2;
    }
    return fields;
  }

  private static void readField(String line, Fields fields) throws WireException {
    int colon = line.indexOf(':');
    if (colon <= 0 || !isToken(line, colon)) {
      throw new WireException(400, "a header line has no proper name");
    }
    String value = trimmed(line, colon + 1);
    checkText(value);
    fields.add(line.substring(0, colon).toLowerCase(Locale.ROOT), value);
  }

  static boolean isToken(String text, int end) {
    for (int i = 0; i < end; i++) {
      char c = text.charAt(i);
      if (c >= TOKEN.length || !TOKEN[c]) {
        return false;
      }
    }
    return end > 0;
  }

  /// Without spaces and tabs at its ends; other blanks are errors.
  private static String trimmed(String line, int from) {
    int start = from;
    int end = line.length();
    while (start < end && isBlank(line.charAt(start))) {
      start++;
    }
    while (end > start && isBlank(line.charAt(end - 1))) {
      end--;
    }
    return line.substring(start, end);
  }

  private static boolean isBlank(char c) {
    return c == ' ' || c == '\t';
  }

  private static void checkText(String text) throws WireException {
    if (!isText(text)) {
      throw new WireException(400, "a control character in the headers");
    }
  }

  /// Whether it has no control characters but tabs.
  static boolean isText(String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if ((c < ' ' && c != '\t') || c == 0x7f) {
        return false;
      }
    }
    return true;
  }
}

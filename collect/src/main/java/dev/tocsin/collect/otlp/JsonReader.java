package dev.tocsin.collect.otlp;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.tocsin.collect.remotewrite.wire.MalformedException;
import dev.tocsin.collect.series.Utf8;

/// A cursor over JSON (RFC 8259) in a byte array, token by token; strict: nothing of JavaScript's
/// that JSON has not, no unpaired surrogates, no bytes that are not UTF-8. One thread.
final class JsonReader {
  /// Objects and arrays in each other. Those of a request are 12 deep, those of an attribute's
  /// value as deep as one may nest them, with four levels each.
  private static final int DEPTH_MAX = 160;

  /// Characters of a number; no number needs as many.
  private static final int NUMBER_BYTES_MAX = 400;

  private final byte[] bytes;
  private final int end;
  private int at;
  private int depth;

  JsonReader(byte[] bytes, int length) throws MalformedException {
    this.bytes = bytes;
    end = length;
    if (!Utf8.isValid(bytes, 0, length)) {
      throw new MalformedException(0, "JSON that is not UTF-8, from somewhere");
    }
  }

  int at() {
    return at;
  }

  /// The first byte of the next token, which is not consumed; -1 at the end.
  int peek() {
    while (at < end && isSpace(bytes[at])) {
      at++;
    }
    return at < end ? bytes[at] & 0xff : -1;
  }

  private static boolean isSpace(byte b) {
    return b == ' ' || b == '\n' || b == '\r' || b == '\t';
  }

  MalformedException wrong(String expected) {
    return new MalformedException(at, "JSON: expected " + expected);
  }

  private void expect(char c) throws MalformedException {
    if (peek() != c) {
      throw wrong("'" + c + "'");
    }
    at++;
  }

  void expectEnd() throws MalformedException {
    if (peek() >= 0) {
      throw wrong("the end");
    }
  }

  void beginObject() throws MalformedException {
    expect('{');
    enter();
  }

  void beginArray() throws MalformedException {
    expect('[');
    enter();
  }

  private void enter() throws MalformedException {
    if (++depth > DEPTH_MAX) {
      throw new MalformedException(at, "JSON: more than " + DEPTH_MAX + " levels");
    }
  }

  /// Whether another member follows in the open object, whose name comes next; otherwise closes it.
  ///
  /// @param first whether none was read yet
  boolean nextMember(boolean first) throws MalformedException {
    return next(first, '}');
  }

  /// Whether another element follows in the open array; otherwise closes it.
  boolean nextElement(boolean first) throws MalformedException {
    return next(first, ']');
  }

  private boolean next(boolean first, char close) throws MalformedException {
    if (peek() == close) {
      at++;
      depth--;
      return false;
    }
    if (!first) {
      expect(',');
    }
    return true;
  }

  /// The name of a member and its colon.
  String name() throws MalformedException {
    String name = text();
    expect(':');
    return name;
  }

  /// Whether the next value is `null`, which is consumed then.
  boolean skipNull() throws MalformedException {
    if (peek() != 'n') {
      return false;
    }
    word("null");
    return true;
  }

  boolean truth() throws MalformedException {
    if (peek() == 't') {
      word("true");
      return true;
    }
    word("false");
    return false;
  }

  private void word(String word) throws MalformedException {
    peek();
    if (end - at < word.length()) {
      throw wrong(word);
    }
    for (int i = 0; i < word.length(); i++) {
      if (bytes[at + i] != word.charAt(i)) {
        throw wrong(word);
      }
    }
    at += word.length();
  }

  /// The characters of a number as they are.
  String number() throws MalformedException {
    peek();
    int from = at;
    if (at < end && bytes[at] == '-') {
      at++;
    }
    boolean zero = at < end && bytes[at] == '0';
    int whole = digits();
    if (whole == 0 || (zero && whole > 1)) {
      throw wrong("a number");
    }
    if (at < end && bytes[at] == '.') {
      at++;
      requireDigits();
    }
    if (at < end && (bytes[at] == 'e' || bytes[at] == 'E')) {
      at++;
      if (at < end && (bytes[at] == '+' || bytes[at] == '-')) {
        at++;
      }
      requireDigits();
    }
    if (at - from > NUMBER_BYTES_MAX) {
      throw new MalformedException(from, "JSON: a number of " + (at - from) + " characters");
    }
    return new String(bytes, from, at - from, UTF_8);
  }

  private void requireDigits() throws MalformedException {
    if (digits() == 0) {
      throw wrong("a digit");
    }
  }

  private int digits() {
    int from = at;
    while (at < end && bytes[at] >= '0' && bytes[at] <= '9') {
      at++;
    }
    return at - from;
  }

  /// A text, without its quotes and escapes.
  String text() throws MalformedException {
    expect('"');
    int from = at;
    while (at < end && bytes[at] != '"' && bytes[at] != '\\') {
      checkCharacter();
      at++;
    }
    if (at < end && bytes[at] == '"') {
      at++;
      return new String(bytes, from, at - 1 - from, UTF_8);
    }
    StringBuilder out = new StringBuilder(new String(bytes, from, at - from, UTF_8));
    while (at < end && bytes[at] != '"') {
      if (bytes[at] == '\\') {
        escape(out);
        continue;
      }
      int run = at;
      while (at < end && bytes[at] != '"' && bytes[at] != '\\') {
        checkCharacter();
        at++;
      }
      out.append(new String(bytes, run, at - run, UTF_8));
    }
    expect('"');
    return out.toString();
  }

  private void checkCharacter() throws MalformedException {
    if (bytes[at] >= 0 && bytes[at] < 0x20) {
      throw new MalformedException(at, "JSON: a control character in a text");
    }
  }

  private void escape(StringBuilder out) throws MalformedException {
    at++;
    int c = at < end ? bytes[at++] : -1;
    switch (c) {
      case '"', '\\', '/' -> out.append((char) c);
      case 'b' -> out.append('\b');
      case 'f' -> out.append('\f');
      case 'n' -> out.append('\n');
      case 'r' -> out.append('\r');
      case 't' -> out.append('\t');
      case 'u' -> unicode(out);
      default -> throw wrong("an escape");
    }
  }

  private void unicode(StringBuilder out) throws MalformedException {
    char first = hex();
    if (!Character.isSurrogate(first)) {
      out.append(first);
      return;
    }
    boolean follows = end - at >= 6 && bytes[at] == '\\' && bytes[at + 1] == 'u';
    if (!follows || Character.isLowSurrogate(first)) {
      throw wrong("both halves of a surrogate pair");
    }
    at += 2;
    char second = hex();
    if (!Character.isLowSurrogate(second)) {
      throw wrong("both halves of a surrogate pair");
    }
    out.append(first).append(second);
  }

  private char hex() throws MalformedException {
    int code = 0;
    for (int i = 0; i < 4; i++) {
      int digit = at < end ? Character.digit((char) (bytes[at] & 0x7f), 16) : -1;
      if (digit < 0 || bytes[at] < 0) {
        throw wrong("four hexadecimal digits");
      }
      code = 16 * code + digit;
      at++;
    }
    return (char) code;
  }

  /// Reads over one value of any kind, and checks that it is one.
  void skipValue() throws MalformedException {
    switch (peek()) {
      case '{' -> {
        beginObject();
        for (boolean first = true; nextMember(first); first = false) {
          name();
          skipValue();
        }
      }
      case '[' -> {
        beginArray();
        for (boolean first = true; nextElement(first); first = false) {
          skipValue();
        }
      }
      case '"' -> text();
      case 't', 'f' -> truth();
      case 'n' -> word("null");
      default -> number();
    }
  }
}

package dev.tocsin.bench.webhook;

import java.util.Arrays;
import java.util.Locale;
import java.util.Map;

/// The first line of a request, and what its headers mean.
///
/// @param version `HTTP/1.1` or `HTTP/1.0`
record RequestHead(String method, String version) {
  /// Digits of a size, so that it fits into a long.
  private static final int DIGITS_MAX = 12;

  static RequestHead of(String line) throws BadRequestException {
    String[] parts = line.split(" ", -1);
    if (parts.length != 3 || parts[0].isEmpty() || parts[1].isEmpty()) {
      throw new BadRequestException(400, "not a request line: " + line);
    }
    if (!parts[2].equals("HTTP/1.1") && !parts[2].equals("HTTP/1.0")) {
      throw new BadRequestException(505, "not HTTP/1.1: " + line);
    }
    return new RequestHead(parts[0], parts[2]);
  }

  /// Adds what one line says.
  static void addHeader(Map<String, String> headers, String line) throws BadRequestException {
    int colon = line.indexOf(':');
    if (colon < 1 || line.lastIndexOf(' ', colon) >= 0 || line.lastIndexOf('\t', colon) >= 0) {
      throw new BadRequestException(400, "not a header: " + line);
    }
    String name = line.substring(0, colon).toLowerCase(Locale.ROOT);
    String value = line.substring(colon + 1).strip();
    String before = headers.put(name, value);
    if (name.equals("content-length") && before != null && !before.equals(value)) {
      throw new BadRequestException(400, "two lengths: " + before + " and " + value);
    }
  }

  /// The length of a body or chunk, at most [RequestReader#BODY_BYTES_MAX].
  static int size(String digits, int radix) throws BadRequestException {
    boolean isNumber = !digits.isEmpty() && digits.length() <= DIGITS_MAX;
    if (!isNumber || !digits.chars().allMatch(c -> Character.digit(c, radix) >= 0)) {
      throw new BadRequestException(400, "not a length: \"" + digits + "\"");
    }
    long size = Long.parseLong(digits, radix);
    if (size > RequestReader.BODY_BYTES_MAX) {
      throw new BadRequestException(413, "a body longer than " + RequestReader.BODY_BYTES_MAX);
    }
    return (int) size;
  }

  boolean keepsAlive(Map<String, String> headers) {
    String[] options = headers.getOrDefault("connection", "").split(",", -1);
    boolean isNew = version.equals("HTTP/1.1");
    String exception = isNew ? "close" : "keep-alive";
    return isNew != Arrays.stream(options).anyMatch(o -> o.strip().equalsIgnoreCase(exception));
  }
}

package dev.tocsin.world.real.http;

import java.util.Locale;

/// How a body's end is found (RFC 9112 6.3).
final class Framing {
  /// The body comes in chunks.
  static final long CHUNKED = -1;

  /// The body ends where the connection does; answers only.
  static final long UNTIL_CLOSE = -2;

  private Framing() {}

  /// Of a request: bytes, or [#CHUNKED]. Whatever two readers might read differently is refused.
  static long ofRequest(Fields fields, boolean isHttp11) throws WireException {
    int codings = fields.count("transfer-encoding");
    int lengths = fields.count("content-length");
    if (codings > 0) {
      if (lengths > 0) {
        throw new WireException(400, "both Transfer-Encoding and Content-Length");
      }
      if (!isHttp11 || codings > 1) {
        throw new WireException(400, "a Transfer-Encoding that is not allowed here");
      }
      if (!isChunked(fields)) {
        throw new WireException(501, "no Transfer-Encoding but chunked is known here");
      }
      return CHUNKED;
    }
    if (lengths > 1) {
      throw new WireException(400, "more than one Content-Length");
    }
    return lengths == 0 ? 0 : length(fields.first("content-length"));
  }

  /// Of an answer: bytes, [#CHUNKED] or [#UNTIL_CLOSE].
  static long ofAnswer(String method, int status, Fields fields) throws WireException {
    if (method.equals("HEAD") || status == 204 || status == 304) {
      return 0;
    }
    if (fields.count("transfer-encoding") > 0) {
      if (!isChunked(fields)) {
        throw new WireException(502, "the answer has an unknown Transfer-Encoding");
      }
      return CHUNKED;
    }
    int lengths = fields.count("content-length");
    if (lengths > 1) {
      throw new WireException(502, "the answer has more than one Content-Length");
    }
    return lengths == 0 ? UNTIL_CLOSE : length(fields.first("content-length"));
  }

  private static boolean isChunked(Fields fields) {
    return fields.first("transfer-encoding").toLowerCase(Locale.ROOT).equals("chunked");
  }

  private static long length(String text) throws WireException {
    if (text.isEmpty() || text.length() > 18) {
      throw new WireException(400, "Content-Length is not a number of bytes");
    }
    long value = 0;
    for (int i = 0; i < text.length(); i++) {
      int digit = text.charAt(i) - '0';
      if (digit < 0 || digit > 9) {
        throw new WireException(400, "Content-Length is not a number of bytes");
      }
      value = value * 10 + digit;
    }
    return value;
  }
}

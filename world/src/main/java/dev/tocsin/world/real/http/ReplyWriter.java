package dev.tocsin.world.real.http;

import dev.tocsin.world.net.HttpReply;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/// Writes the heads of answers.
final class ReplyWriter {
  /// Set by the server alone.
  private static final Set<String> OURS =
      Set.of("content-length", "connection", "transfer-encoding", "date");

  private ReplyWriter() {}

  /// @param lowerName of a header that handlers do not set
  static boolean isOurs(String lowerName) {
    return OURS.contains(lowerName);
  }

  static byte[] head(HttpReply reply, boolean keepAlive, String date) {
    StringBuilder text = new StringBuilder(256);
    text.append("HTTP/1.1 ").append(reply.status()).append(' ').append(reason(reply.status()));
    text.append("\r\nDate: ").append(date).append("\r\n");
    for (Map.Entry<String, String> header : reply.headers().entrySet()) {
      if (!isOurs(header.getKey().toLowerCase(Locale.ROOT))) {
        line(text, header.getKey(), header.getValue());
      }
    }
    if (hasContent(reply.status())) {
      text.append("Content-Length: ").append(reply.content().length).append("\r\n");
    }
    text.append(keepAlive ? "\r\n" : "Connection: close\r\n\r\n");
    return text.toString().getBytes(StandardCharsets.ISO_8859_1);
  }

  /// A handler that puts a line end into a header must not be able to write another header.
  private static void line(StringBuilder text, String name, String value) {
    if (!HeadReader.isToken(name, name.length()) || !HeadReader.isText(value)) {
      throw new IllegalArgumentException("not a header: " + name);
    }
    text.append(name).append(": ").append(value).append("\r\n");
  }

  static boolean hasContent(int status) {
    return status >= 200 && status != 204 && status != 304;
  }

  private static String reason(int status) {
    return switch (status) {
      case 200 -> "OK";
      case 202 -> "Accepted";
      case 204 -> "No Content";
      case 301 -> "Moved Permanently";
      case 302 -> "Found";
      case 304 -> "Not Modified";
      case 307 -> "Temporary Redirect";
      case 308 -> "Permanent Redirect";
      case 400 -> "Bad Request";
      case 401 -> "Unauthorized";
      case 403 -> "Forbidden";
      case 404 -> "Not Found";
      case 405 -> "Method Not Allowed";
      case 409 -> "Conflict";
      case 413 -> "Content Too Large";
      case 415 -> "Unsupported Media Type";
      case 417 -> "Expectation Failed";
      case 422 -> "Unprocessable Content";
      case 429 -> "Too Many Requests";
      case 431 -> "Request Header Fields Too Large";
      case 500 -> "Internal Server Error";
      case 501 -> "Not Implemented";
      case 503 -> "Service Unavailable";
      case 505 -> "HTTP Version Not Supported";
      default -> "Status";
    };
  }
}

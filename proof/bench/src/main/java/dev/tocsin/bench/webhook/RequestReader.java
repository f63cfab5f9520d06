package dev.tocsin.bench.webhook;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Reads the requests of one connection, one after the other, as RFC 9112 has them: bodies with
/// `Content-Length` or chunked, `Expect: 100-continue`. One thread.
final class RequestReader {
  /// Bytes of a request line with its headers, or of the lines of one chunk; beyond it 431.
  static final int HEAD_BYTES_MAX = 64 << 10;

  /// Bytes of a body; beyond it 413.
  static final int BODY_BYTES_MAX = 64 << 20;

  private static final byte[] CONTINUE =
      "HTTP/1.1 100 Continue\r\n\r\n".getBytes(StandardCharsets.US_ASCII);

  private final InputStream in;
  private final OutputStream out;
  private int lineBytesLeft;

  /// @param in buffered, since it is read byte by byte
  /// @param out where to tell who asks that the body may come
  RequestReader(InputStream in, OutputStream out) {
    this.in = in;
    this.out = out;
  }

  /// Waits for the next request and reads all of it; null where the connection ended before it.
  /// Throws [EOFException] where it ended within, [BadRequestException] where it is none.
  @Nullable IncomingRequest next() throws IOException {
    lineBytesLeft = HEAD_BYTES_MAX;
    RequestHead head;
    try {
      head = RequestHead.of(firstLine());
    } catch (EOFException e) {
      if (lineBytesLeft == HEAD_BYTES_MAX) {
        return null;
      }
      throw e;
    }
    Map<String, String> headers = new HashMap<>();
    for (String line = line(); !line.isEmpty(); line = line()) {
      RequestHead.addHeader(headers, line);
    }
    byte[] body = body(headers);
    Instant now = Instant.now();
    long arrivedNanos = now.getEpochSecond() * 1_000_000_000L + now.getNano();
    return new IncomingRequest(
        head.method(), Map.copyOf(headers), body, head.keepsAlive(headers), arrivedNanos);
  }

  /// Empty lines before a request are to be overlooked.
  private String firstLine() throws IOException {
    String line = line();
    while (line.isEmpty()) {
      line = line();
    }
    return line;
  }

  private byte[] body(Map<String, String> headers) throws IOException {
    String coding = headers.getOrDefault("transfer-encoding", "");
    String length = headers.getOrDefault("content-length", "");
    if (coding.isEmpty()) {
      int count = length.isEmpty() ? 0 : RequestHead.size(length, 10);
      tellToContinue(headers);
      return bytes(count);
    }
    if (!coding.equalsIgnoreCase("chunked")) {
      throw new BadRequestException(501, "a transfer coding other than chunked: " + coding);
    }
    if (!length.isEmpty()) {
      throw new BadRequestException(400, "both chunked and with a length");
    }
    tellToContinue(headers);
    return chunks();
  }

  private void tellToContinue(Map<String, String> headers) throws IOException {
    if (headers.getOrDefault("expect", "").equalsIgnoreCase("100-continue")) {
      out.write(CONTINUE);
    }
  }

  private byte[] chunks() throws IOException {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    while (true) {
      lineBytesLeft = HEAD_BYTES_MAX;
      int size = RequestHead.size(line().split(";", 2)[0].strip(), 16);
      if (size == 0) {
        skipTrailers();
        return all.toByteArray();
      }
      if (size > BODY_BYTES_MAX - all.size()) {
        throw new BadRequestException(413, "a body longer than " + BODY_BYTES_MAX);
      }
      all.write(bytes(size));
      if (!line().isEmpty()) {
        throw new BadRequestException(400, "a chunk longer than it says");
      }
    }
  }

  private void skipTrailers() throws IOException {
    String line = line();
    while (!line.isEmpty()) {
      line = line();
    }
  }

  private byte[] bytes(int count) throws IOException {
    byte[] bytes = in.readNBytes(count);
    if (bytes.length < count) {
      throw new EOFException("the body ended after " + bytes.length + " of " + count);
    }
    return bytes;
  }

  private String line() throws IOException {
    StringBuilder line = new StringBuilder(80);
    for (int b = in.read(); b != '\n'; b = in.read()) {
      if (b < 0) {
        throw new EOFException("closed within a head");
      }
      if (--lineBytesLeft < 0) {
        throw new BadRequestException(431, "a head longer than " + HEAD_BYTES_MAX);
      }
      line.append((char) b);
    }
    int length = line.length();
    boolean hasReturn = length > 0 && line.charAt(length - 1) == '\r';
    return line.substring(0, hasReturn ? length - 1 : length);
  }
}

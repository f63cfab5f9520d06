package dev.tocsin.collect.otlp;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.tocsin.world.net.HttpReply;
import java.util.Base64;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;

/// What a gRPC client reads: a message and a status behind it, or a status alone. Source: gRPC over
/// HTTP/2.
final class GrpcReply {
  /// Bytes before each message: whether it is compressed, and its length.
  static final int PREFIX_BYTES = 5;

  /// Characters of a status's text: headers are no place for more.
  private static final int TEXT_MAX = 1000;

  private static final HexFormat HEX = HexFormat.of().withUpperCase();
  private static final Map<String, String> HEADERS =
      Map.of("content-type", "application/grpc", "grpc-accept-encoding", "identity,gzip");

  private GrpcReply() {}

  static HttpReply success(byte[] message) {
    byte[] content = new byte[PREFIX_BYTES + message.length];
    for (int i = 1; i < PREFIX_BYTES; i++) {
      content[i] = (byte) (message.length >> (8 * (PREFIX_BYTES - 1 - i)));
    }
    System.arraycopy(message, 0, content, PREFIX_BYTES, message.length);
    Map<String, String> trailers = Map.of("grpc-status", Integer.toString(OtlpMessages.OK));
    return new HttpReply(200, HEADERS, content, trailers);
  }

  static HttpReply failure(int code, String text) {
    String shown = shown(text);
    return failure(code, shown, OtlpMessages.status(code, shown));
  }

  /// The same with the time after which to come again; without it a client that keeps to OTLP does
  /// not come again where something is exhausted.
  static HttpReply retry(int code, String text, long afterMs) {
    String shown = shown(text);
    return failure(code, shown, OtlpMessages.status(code, shown, afterMs));
  }

  private static HttpReply failure(int code, String text, byte[] details) {
    Map<String, String> headers = new HashMap<>(HEADERS);
    headers.put("grpc-status", Integer.toString(code));
    headers.put("grpc-message", encoded(text));
    headers.put(
        "grpc-status-details-bin", Base64.getEncoder().withoutPadding().encodeToString(details));
    return new HttpReply(200, headers, new byte[0]);
  }

  private static String shown(String text) {
    return text.length() > TEXT_MAX ? text.substring(0, TEXT_MAX) + "..." : text;
  }

  /// Whatever is no plain character, and the percent sign, in hexadecimal.
  private static String encoded(String text) {
    StringBuilder out = new StringBuilder(text.length());
    for (byte b : text.getBytes(UTF_8)) {
      if (b >= ' ' && b <= '~' && b != '%') {
        out.append((char) b);
      } else {
        out.append('%').append(HEX.toHexDigits(b));
      }
    }
    return out.toString();
  }
}

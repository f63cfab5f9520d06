package dev.tocsin.collect.otlp;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.tocsin.collect.remotewrite.wire.ProtoReader;
import dev.tocsin.model.json.JsonWriter;
import dev.tocsin.world.net.HttpReply;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/// What OTLP's senders read: `ExportMetricsServiceResponse{1: {1: int64 rejected points, 2: error
/// message}}`, and for failures `google.rpc.Status{1: code, 2: message}`, in the encoding of the
/// request. Source: the OTLP specification, "OTLP/HTTP Response".
final class OtlpReply {
  private static final int INVALID_ARGUMENT = 3;
  private static final int RESOURCE_EXHAUSTED = 8;
  private static final int UNAVAILABLE = 14;

  private OtlpReply() {}

  static HttpReply success(MessageEncoding encoding) {
    byte[] content = encoding == MessageEncoding.JSON ? "{}".getBytes(UTF_8) : new byte[0];
    return HttpReply.of(200, encoding.mediaType(), content);
  }

  static HttpReply partial(MessageEncoding encoding, int rejected, String text) {
    if (encoding == MessageEncoding.JSON) {
      JsonWriter json = new JsonWriter().beginObject().name("partialSuccess").beginObject();
      json.field("rejectedDataPoints", Integer.toString(rejected)).field("errorMessage", text);
      return HttpReply.json(200, json.endObject().endObject().toString());
    }
    Scratch inner = new Scratch();
    number(inner, 1, rejected);
    text(inner, 2, text);
    Scratch outer = new Scratch();
    varint(outer, ProtoReader.tagOf(1, ProtoReader.LENGTH));
    varint(outer, inner.length());
    outer.add(inner.bytes(), 0, inner.length());
    return HttpReply.of(200, encoding.mediaType(), content(outer));
  }

  static HttpReply failure(MessageEncoding encoding, int status, String text) {
    int code =
        switch (status) {
          case 413, 429 -> RESOURCE_EXHAUSTED;
          case 503 -> UNAVAILABLE;
          default -> INVALID_ARGUMENT;
        };
    if (encoding == MessageEncoding.JSON) {
      JsonWriter json = new JsonWriter().beginObject().field("code", code).field("message", text);
      return HttpReply.json(status, json.endObject().toString());
    }
    Scratch out = new Scratch();
    number(out, 1, code);
    text(out, 2, text);
    return HttpReply.of(status, encoding.mediaType(), content(out));
  }

  /// The same with the time after which to come again.
  static HttpReply retry(MessageEncoding encoding, int status, long afterMs, String text) {
    HttpReply plain = failure(encoding, status, text);
    Map<String, String> headers = new HashMap<>(plain.headers());
    headers.put("Retry-After", Long.toString(Math.max(1, Math.ceilDiv(afterMs, 1000))));
    return new HttpReply(status, headers, plain.content());
  }

  private static void number(Scratch out, int field, long value) {
    varint(out, ProtoReader.tagOf(field, ProtoReader.VARINT));
    varint(out, value);
  }

  private static void text(Scratch out, int field, String text) {
    byte[] bytes = text.getBytes(UTF_8);
    varint(out, ProtoReader.tagOf(field, ProtoReader.LENGTH));
    varint(out, bytes.length);
    out.add(bytes);
  }

  private static void varint(Scratch out, long value) {
    long rest = value;
    while ((rest & ~0x7fL) != 0) {
      out.add((int) (rest & 0x7f) | 0x80);
      rest >>>= 7;
    }
    out.add((int) rest);
  }

  private static byte[] content(Scratch out) {
    return Arrays.copyOf(out.bytes(), out.length());
  }
}

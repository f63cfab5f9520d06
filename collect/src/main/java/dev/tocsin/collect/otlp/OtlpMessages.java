package dev.tocsin.collect.otlp;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.tocsin.collect.remotewrite.wire.ProtoReader;
import java.util.Arrays;

/// The messages that senders are answered with, in protobuf.
final class OtlpMessages {
  static final int OK = 0;
  static final int INVALID_ARGUMENT = 3;
  static final int RESOURCE_EXHAUSTED = 8;
  static final int UNIMPLEMENTED = 12;
  static final int INTERNAL = 13;
  static final int UNAVAILABLE = 14;

  private static final String RETRY_INFO = "type.googleapis.com/google.rpc.RetryInfo";

  private OtlpMessages() {}

  /// `ExportMetricsServiceResponse{1: {1: int64 rejected points, 2: error message}}`.
  static byte[] partial(int rejected, String text) {
    Scratch inner = new Scratch();
    number(inner, 1, rejected);
    text(inner, 2, text);
    Scratch outer = new Scratch();
    message(outer, 1, inner);
    return content(outer);
  }

  /// `google.rpc.Status{1: code, 2: message}`.
  static byte[] status(int code, String text) {
    Scratch out = new Scratch();
    number(out, 1, code);
    text(out, 2, text);
    return content(out);
  }

  /// The same with a detail that says when to come again: `3: Any{1: type, 2: RetryInfo{1:
  /// Duration{1: seconds, 2: nanoseconds}}}`.
  static byte[] status(int code, String text, long retryAfterMs) {
    Scratch duration = new Scratch();
    number(duration, 1, retryAfterMs / 1000);
    if (retryAfterMs % 1000 != 0) {
      number(duration, 2, retryAfterMs % 1000 * 1_000_000);
    }
    Scratch info = new Scratch();
    message(info, 1, duration);
    Scratch any = new Scratch();
    text(any, 1, RETRY_INFO);
    message(any, 2, info);
    Scratch out = new Scratch();
    number(out, 1, code);
    text(out, 2, text);
    message(out, 3, any);
    return content(out);
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

  private static void message(Scratch out, int field, Scratch inner) {
    varint(out, ProtoReader.tagOf(field, ProtoReader.LENGTH));
    varint(out, inner.length());
    out.add(inner.bytes(), 0, inner.length());
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

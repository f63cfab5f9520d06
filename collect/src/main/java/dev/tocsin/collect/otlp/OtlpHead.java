package dev.tocsin.collect.otlp;

import dev.tocsin.model.labels.LabelNames;
import dev.tocsin.world.net.HttpReply;
import dev.tocsin.world.net.HttpRequest;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Method, content type and encoding of a request.
///
/// @param encoding of the message, and so of the answer
/// @param refusal of a request that cannot be read at all, or null
record OtlpHead(MessageEncoding encoding, BodyPacking packing, @Nullable HttpReply refusal) {
  /// Characters of a header in an answer.
  private static final int SHOWN_MAX = 100;

  static OtlpHead of(HttpRequest request) {
    String type = word(request.header("Content-Type"));
    MessageEncoding encoding =
        type.equals(MessageEncoding.JSON.mediaType())
            ? MessageEncoding.JSON
            : MessageEncoding.PROTOBUF;
    String compression = word(request.header("Content-Encoding"));
    BodyPacking packing = BodyPacking.of(compression);
    return new OtlpHead(
        encoding,
        packing == null ? BodyPacking.NONE : packing,
        refusal(request, encoding, type, packing));
  }

  private static @Nullable HttpReply refusal(
      HttpRequest request, MessageEncoding encoding, String type, @Nullable BodyPacking packing) {
    if (!request.method().equals("POST")) {
      byte[] text = HttpReply.text(405, "OTLP metrics are sent by POST\n").content();
      return new HttpReply(
          405, Map.of("Content-Type", "text/plain; charset=utf-8", "Allow", "POST"), text);
    }
    if (!type.equals(encoding.mediaType())) {
      String text =
          "the content type must be application/x-protobuf or application/json, but is "
              + shown(request.header("Content-Type"));
      return HttpReply.text(415, text + "\n");
    }
    if (packing == null) {
      String text =
          "the content encoding must be gzip or none, but is "
              + shown(request.header("Content-Encoding"));
      return OtlpReply.failure(encoding, 415, text);
    }
    return null;
  }

  /// Without parameters and case.
  private static String word(String header) {
    int end = header.indexOf(';');
    return (end < 0 ? header : header.substring(0, end)).strip().toLowerCase(Locale.ROOT);
  }

  private static String shown(String text) {
    if (text.isEmpty()) {
      return "missing";
    }
    return LabelNames.quote(
        text.length() > SHOWN_MAX ? text.substring(0, SHOWN_MAX) + "..." : text);
  }
}

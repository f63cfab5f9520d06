package dev.tocsin.collect.remotewrite;

import dev.tocsin.world.net.HttpReply;
import dev.tocsin.world.net.HttpRequest;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Method, content type and encoding: whether a request is one we can read at all.
final class RequestHead {
  private static final String MEDIA_TYPE = "application/x-protobuf";

  /// Characters of a header in an answer.
  private static final int SHOWN_MAX = 100;

  private RequestHead() {}

  /// The refusal, or null where the request may be read.
  static @Nullable HttpReply refusal(HttpRequest request) {
    if (!request.method().equals("POST")) {
      HttpReply reply = HttpReply.text(405, "remote write takes POST\n");
      return new HttpReply(
          405,
          Map.of("Content-Type", "text/plain; charset=utf-8", "Allow", "POST"),
          reply.content());
    }
    String reason = contentType(request.header("Content-Type"));
    if (reason.isEmpty()) {
      reason = encoding(request.header("Content-Encoding"));
    }
    return reason.isEmpty() ? null : HttpReply.text(415, reason + "\n");
  }

  private static String contentType(String header) {
    if (!header.split(";", -1)[0].strip().toLowerCase(Locale.ROOT).equals(MEDIA_TYPE)) {
      return "the content type must be " + MEDIA_TYPE + ", but is " + shown(header);
    }
    String proto = proto(header);
    if (messageOf(proto) == null) {
      return "the message must be "
          + WriteMessage.V1.proto()
          + " or "
          + WriteMessage.V2.proto()
          + ", but is "
          + shown(proto);
    }
    return "";
  }

  /// The message that the body is said to be; 1.0's where nothing else is said.
  static WriteMessage message(HttpRequest request) {
    WriteMessage message = messageOf(proto(request.header("Content-Type")));
    return message == null ? WriteMessage.V1 : message;
  }

  private static @Nullable WriteMessage messageOf(String proto) {
    for (WriteMessage message : WriteMessage.values()) {
      if (message.proto().equals(proto)) {
        return message;
      }
    }
    return null;
  }

  /// The parameter `proto`; 1.0's where there is none.
  private static String proto(String contentType) {
    String[] parts = contentType.split(";", -1);
    for (int i = 1; i < parts.length; i++) {
      String[] pair = parts[i].split("=", 2);
      if (pair.length == 2 && pair[0].strip().toLowerCase(Locale.ROOT).equals("proto")) {
        return unquoted(pair[1].strip());
      }
    }
    return WriteMessage.V1.proto();
  }

  private static String unquoted(String text) {
    boolean quoted = text.length() >= 2 && text.startsWith("\"") && text.endsWith("\"");
    return quoted ? text.substring(1, text.length() - 1) : text;
  }

  private static String encoding(String header) {
    return header.strip().toLowerCase(Locale.ROOT).equals("snappy")
        ? ""
        : "the content encoding must be snappy, but is " + shown(header);
  }

  private static String shown(String text) {
    if (text.isEmpty()) {
      return "missing";
    }
    return dev.tocsin.model.labels.LabelNames.quote(
        text.length() > SHOWN_MAX ? text.substring(0, SHOWN_MAX) + "..." : text);
  }
}

package dev.tocsin.collect.text;

import dev.tocsin.model.labels.LabelNames;
import dev.tocsin.world.net.HttpReply;
import dev.tocsin.world.net.HttpRequest;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Method, content type and encoding: whether a request is one we can read, and how.
///
/// @param refusal null where the request may be read
/// @param isGzip otherwise it is as it comes
/// @param format null where only the body can tell
record ImportHead(@Nullable HttpReply refusal, boolean isGzip, @Nullable TextFormat format) {
  /// What clients say who do not say what they send.
  private static final List<String> UNTOLD =
      List.of("", "application/x-www-form-urlencoded", "application/octet-stream");

  /// Characters of a header in an answer.
  private static final int SHOWN_MAX = 100;

  static ImportHead of(HttpRequest request) {
    if (!request.method().equals("POST") && !request.method().equals("PUT")) {
      byte[] text = HttpReply.text(405, "an import takes POST and PUT\n").content();
      return refused(
          new HttpReply(
              405,
              Map.of("Content-Type", "text/plain; charset=utf-8", "Allow", "POST, PUT"),
              text));
    }
    String encoding = lower(request.header("Content-Encoding"));
    boolean isGzip = encoding.equals("gzip") || encoding.equals("x-gzip");
    if (!isGzip && !encoding.isEmpty() && !encoding.equals("identity")) {
      return unsupported("the content encoding must be gzip or none, but is " + shown(encoding));
    }
    String header = request.header("Content-Type");
    String type = lower(header.split(";", 2)[0]);
    String version = version(header);
    boolean isOpen = type.equals("application/openmetrics-text");
    if (isOpen && List.of("", "0.0.1", "1.0.0").contains(version)) {
      return new ImportHead(null, isGzip, TextFormat.OPEN_METRICS);
    }
    boolean isPlain = type.equals("text/plain");
    if (isPlain && List.of("0.0.4", "1.0.0").contains(version)) {
      return new ImportHead(null, isGzip, TextFormat.PROMETHEUS);
    }
    if ((isPlain && version.isEmpty()) || UNTOLD.contains(type)) {
      return new ImportHead(null, isGzip, null);
    }
    return unsupported(
        "the content type must be text/plain (version 0.0.4) or application/openmetrics-text"
            + " (version 1.0.0), but is "
            + shown(header));
  }

  private static ImportHead refused(HttpReply reply) {
    return new ImportHead(reply, false, null);
  }

  private static ImportHead unsupported(String reason) {
    return refused(HttpReply.text(415, reason + "\n"));
  }

  private static String version(String contentType) {
    for (String parameter : contentType.split(";", -1)) {
      String[] pair = parameter.split("=", 2);
      if (pair.length == 2 && lower(pair[0]).equals("version")) {
        return lower(pair[1]).replace("\"", "");
      }
    }
    return "";
  }

  private static String lower(String text) {
    return text.strip().toLowerCase(Locale.ROOT);
  }

  private static String shown(String text) {
    return LabelNames.quote(
        text.length() > SHOWN_MAX ? text.substring(0, SHOWN_MAX) + "..." : text);
  }
}

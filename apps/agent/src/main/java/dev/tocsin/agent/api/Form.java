package dev.tocsin.agent.api;

import dev.tocsin.model.labels.LabelNames;
import dev.tocsin.world.net.HttpRequest;
import java.io.IOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/// The parameters of a request: of a form posted as its body, and behind them those of its query,
/// in the order in which Go merges them.
final class Form {
  /// Bytes of a posted form; beyond it the request is answered 413. A long query is a few thousand.
  static final int BYTES_MAX = 1 << 20;

  /// Parameters; further ones are refused.
  private static final int PARAMETERS_MAX = 1000;

  private final Map<String, List<String>> values = new LinkedHashMap<>();
  private int count;

  private Form() {}

  static Form of(HttpRequest request) throws IOException {
    Form form = new Form();
    String type = request.header("Content-Type").toLowerCase(Locale.ROOT);
    if (request.method().equals("POST") && type.startsWith("application/x-www-form-urlencoded")) {
      form.add(new String(request.body(BYTES_MAX), StandardCharsets.UTF_8));
    }
    form.add(request.query());
    return form;
  }

  private void add(String encoded) {
    for (String pair : encoded.split("&", -1)) {
      if (pair.isEmpty()) {
        continue;
      }
      if (++count > PARAMETERS_MAX) {
        throw new ApiException(ApiException.Kind.BAD_DATA, "too many parameters");
      }
      int equals = pair.indexOf('=');
      String name = decode(equals < 0 ? pair : pair.substring(0, equals));
      String value = equals < 0 ? "" : decode(pair.substring(equals + 1));
      values.computeIfAbsent(name, _ -> new ArrayList<>()).add(value);
    }
  }

  private static String decode(String text) {
    try {
      return URLDecoder.decode(text, StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      throw new ApiException(
          ApiException.Kind.BAD_DATA,
          "error parsing form values: invalid URL escape " + LabelNames.quote(badEscape(text)));
    }
  }

  /// The first percent sign that two hexadecimal digits do not follow, and what follows it.
  private static String badEscape(String text) {
    int at = text.indexOf('%');
    while (at >= 0) {
      String escape = text.substring(at, Math.min(at + 3, text.length()));
      if (!escape.matches("%[0-9a-fA-F]{2}")) {
        return escape;
      }
      at = text.indexOf('%', at + 3);
    }
    return text;
  }

  /// The first value, or the empty string.
  String get(String name) {
    List<String> all = values.get(name);
    return all == null ? "" : all.getFirst();
  }

  List<String> all(String name) {
    return values.getOrDefault(name, List.of());
  }
}

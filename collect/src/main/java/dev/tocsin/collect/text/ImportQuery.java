package dev.tocsin.collect.text;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.tocsin.model.labels.LabelNames;
import java.net.URLDecoder;
import java.util.LinkedHashMap;
import java.util.Map;

/// What a request says of all its samples, by the parameters VictoriaMetrics has for it. Parameters
/// that are not known are left out.
///
/// @param timeMs of samples without a time (`timestamp`); 0 or less: the time of receipt
/// @param extra labels for all samples (`extra_label`)
record ImportQuery(long timeMs, ExtraLabels extra) {
  /// Characters of a parameter in an error text.
  private static final int SHOWN_MAX = 100;

  /// @param query what follows `?`, still encoded
  /// @throws IllegalArgumentException that says which parameter is wrong
  static ImportQuery of(String query) {
    if (query.isEmpty()) {
      return new ImportQuery(0, ExtraLabels.NONE);
    }
    long timeMs = 0;
    Map<String, String> extra = new LinkedHashMap<>();
    for (String pair : query.split("&", -1)) {
      int equals = pair.indexOf('=');
      String name = equals < 0 ? pair : pair.substring(0, equals);
      String value = equals < 0 ? "" : pair.substring(equals + 1);
      switch (name) {
        case "timestamp" -> timeMs = time(decoded(value));
        case "extra_label" -> addLabel(extra, decoded(value));
        default -> {}
      }
    }
    return new ImportQuery(timeMs, new ExtraLabels(extra));
  }

  private static String decoded(String text) {
    try {
      return URLDecoder.decode(text, UTF_8);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("a broken % escape in " + shown(text), e);
    }
  }

  private static long time(String text) {
    try {
      return text.isEmpty() ? 0 : Long.parseLong(text);
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException(
          "timestamp: not a time in milliseconds: " + shown(text), e);
    }
  }

  /// A label without a value is none.
  private static void addLabel(Map<String, String> extra, String text) {
    int equals = text.indexOf('=');
    if (equals < 0) {
      throw new IllegalArgumentException("extra_label: not name=value: " + shown(text));
    }
    String name = text.substring(0, equals);
    String value = text.substring(equals + 1);
    if (name.equals(ExtraLabels.METRIC_NAME)) {
      throw new IllegalArgumentException(
          "extra_label: all samples would have the same metric name");
    }
    if (!value.isEmpty() && extra.put(name, value) != null) {
      throw new IllegalArgumentException("extra_label: twice with the name " + shown(name));
    }
  }

  private static String shown(String text) {
    return LabelNames.quote(
        text.length() > SHOWN_MAX ? text.substring(0, SHOWN_MAX) + "..." : text);
  }
}

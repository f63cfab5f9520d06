package dev.tocsin.collect.otlp;

/// How OTLP's names become names of metrics and labels. The same four as in Prometheus
/// (`otlp.translation_strategy`).
public enum TranslationStrategy {
  /// `http.server.duration` in `s` becomes `http_server_duration_seconds`.
  UNDERSCORE_ESCAPING_WITH_SUFFIXES(true, true),
  /// It becomes `http_server_duration`.
  UNDERSCORE_ESCAPING_WITHOUT_SUFFIXES(true, false),
  /// It becomes `http.server.duration_seconds`.
  NO_UTF8_ESCAPING_WITH_SUFFIXES(false, true),
  /// It stays `http.server.duration`.
  NO_TRANSLATION(false, false);

  private final boolean escapes;
  private final boolean suffixes;

  TranslationStrategy(boolean escapes, boolean suffixes) {
    this.escapes = escapes;
    this.suffixes = suffixes;
  }

  /// Whether what is no letter, digit or colon becomes an underscore.
  boolean escapes() {
    return escapes;
  }

  /// Whether units and types are appended to the names of metrics.
  boolean suffixes() {
    return suffixes;
  }
}

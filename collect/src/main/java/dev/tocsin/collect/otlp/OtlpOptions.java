package dev.tocsin.collect.otlp;

/// What may be chosen of the translation.
///
/// @param strategy of names
/// @param scopeLabels whether name, version, schema URL and attributes of the instrumentation scope
///   become labels `otel_scope_*`, as the OpenTelemetry specification says (Prometheus leaves them
///   out unless it is told to)
public record OtlpOptions(TranslationStrategy strategy, boolean scopeLabels) {
  public static final OtlpOptions DEFAULT =
      new OtlpOptions(TranslationStrategy.UNDERSCORE_ESCAPING_WITH_SUFFIXES, true);
}

package dev.tocsin.collect.otlp;

/// What may be chosen of the translation; Prometheus's section `otlp`.
///
/// @param strategy of names
/// @param promoted attributes of the resource that become labels of its series
/// @param keepsIdentifying whether `target_info` has `service.name`, `service.namespace` and
///   `service.instance.id` too
/// @param scopeLabels whether name, version, schema URL and attributes of the instrumentation scope
///   become labels `otel_scope_*`, as the OpenTelemetry specification says (Prometheus leaves them
///   out unless it is told to)
/// @param keyBeforeUnderscore whether a label that would begin with one underscore begins with
///   `key_`; where names are escaped
/// @param keepsUnderscores whether several underscores behind each other stay, and each bad
///   character becomes one; where names are escaped
public record OtlpOptions(
    TranslationStrategy strategy,
    PromotedAttributes promoted,
    boolean keepsIdentifying,
    boolean scopeLabels,
    boolean keyBeforeUnderscore,
    boolean keepsUnderscores) {
  /// As Prometheus has it, but for the scope.
  public static final OtlpOptions DEFAULT =
      new OtlpOptions(
          TranslationStrategy.UNDERSCORE_ESCAPING_WITH_SUFFIXES,
          PromotedAttributes.NONE,
          false,
          true,
          true,
          true);

  public OtlpOptions with(TranslationStrategy other) {
    return new OtlpOptions(
        other, promoted, keepsIdentifying, scopeLabels, keyBeforeUnderscore, keepsUnderscores);
  }

  public OtlpOptions with(PromotedAttributes other) {
    return new OtlpOptions(
        strategy, other, keepsIdentifying, scopeLabels, keyBeforeUnderscore, keepsUnderscores);
  }
}

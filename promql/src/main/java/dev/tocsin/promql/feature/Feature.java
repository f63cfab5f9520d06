package dev.tocsin.promql.feature;

import dev.tocsin.promql.eval.EvalOptions;
import dev.tocsin.promql.parse.ParseOptions;
import java.util.Arrays;
import java.util.Optional;

/// An experimental part of the language; off by default.
public enum Feature {
  EXPERIMENTAL_FUNCTIONS("promql-experimental-functions"),
  /// On by default since Prometheus 3.14; the name is still taken.
  DURATION_EXPRESSIONS("promql-duration-expr"),
  EXTENDED_RANGE_SELECTORS("promql-extended-range-selectors"),
  FILL_MODIFIERS("promql-binop-fill-modifiers"),
  DELAYED_NAME_REMOVAL("promql-delayed-name-removal"),
  START_TIMESTAMPS("use-start-timestamps");

  private final String word;

  Feature(String word) {
    this.word = word;
  }

  /// As `--enable-feature` of Prometheus names it.
  public String word() {
    return word;
  }

  public static Optional<Feature> of(String word) {
    return Arrays.stream(values()).filter(feature -> feature.word.equals(word)).findFirst();
  }

  /// The options with this feature on, where it changes what is understood.
  ParseOptions on(ParseOptions options) {
    return new ParseOptions(
        options.experimentalFunctions() || this == EXPERIMENTAL_FUNCTIONS,
        options.durationExpressions() || this == DURATION_EXPRESSIONS,
        options.extendedRangeSelectors() || this == EXTENDED_RANGE_SELECTORS,
        options.fillModifiers() || this == FILL_MODIFIERS);
  }

  /// The options with this feature on, where it changes results.
  EvalOptions on(EvalOptions options) {
    return switch (this) {
      case DELAYED_NAME_REMOVAL -> options.withDelayedNameRemoval(true);
      case START_TIMESTAMPS -> options.withStartTimestamps(true);
      case EXPERIMENTAL_FUNCTIONS, DURATION_EXPRESSIONS, EXTENDED_RANGE_SELECTORS, FILL_MODIFIERS ->
          options;
    };
  }
}

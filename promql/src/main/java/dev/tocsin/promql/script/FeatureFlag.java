package dev.tocsin.promql.script;

import dev.tocsin.promql.eval.EvalOptions;
import java.util.List;
import java.util.function.UnaryOperator;

/// A feature flag of Prometheus that changes results and not the language.
///
/// @param name as Prometheus names it
/// @param on turns it on
record FeatureFlag(String name, UnaryOperator<EvalOptions> on) {
  static final List<FeatureFlag> ALL =
      List.of(
          new FeatureFlag(
              "promql-delayed-name-removal", options -> options.withDelayedNameRemoval(true)),
          new FeatureFlag("use-start-timestamps", options -> options.withStartTimestamps(true)));
}

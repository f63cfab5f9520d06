package dev.tocsin.promql.script;

import dev.tocsin.promql.eval.EvalOptions;
import dev.tocsin.promql.feature.Features;
import dev.tocsin.promql.parse.ParseOptions;

/// Which feature flags are on while a script runs.
public enum Profile {
  /// All of them, and few samples for one query: what Prometheus's own scripts are written for.
  ALL,

  /// As Prometheus starts without feature flags.
  PRODUCTION;

  /// Samples that one query of a script may hold while all flags are on.
  private static final int SAMPLES_MAX = 10_000;

  public ParseOptions parseOptions() {
    return features().parseOptions();
  }

  public EvalOptions evalOptions() {
    EvalOptions options = features().applied(EvalOptions.DEFAULT);
    return this == PRODUCTION ? options : options.withSamplesMax(SAMPLES_MAX);
  }

  private Features features() {
    return this == ALL ? Features.ALL : Features.NONE;
  }
}

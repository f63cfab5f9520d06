package dev.tocsin.bench.fuzz.check;

import dev.tocsin.bench.fuzz.data.SeriesSet;
import dev.tocsin.promql.eval.EvalOptions;

/// What queries are evaluated over, and when; Unix milliseconds.
///
/// @param timeMs of instant queries
/// @param startMs the first of the range query's times
public record Setting(
    SeriesSet data, EvalOptions options, long timeMs, long startMs, long endMs, long stepMs) {
  @Override
  public String toString() {
    return "at "
        + timeMs
        + " ms, from "
        + startMs
        + " to "
        + endMs
        + " step "
        + stepMs
        + (options.delayedNameRemoval() ? ", names removed late" : ", names removed at once");
  }
}

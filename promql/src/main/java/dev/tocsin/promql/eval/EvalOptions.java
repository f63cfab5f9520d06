package dev.tocsin.promql.eval;

import java.util.function.BooleanSupplier;

/// How queries are evaluated.
///
/// @param lookbackMs how old the sample of an instant selector may be; milliseconds
/// @param defaultStepMs the step of subqueries that name none; milliseconds
/// @param samplesMax how many samples one query may hold at once (at most 2^31 - 1); beyond it it
///   fails
/// @param cancelled asked again and again while a query runs; true ends it
/// @param delayedNameRemoval keeps metric names until the query is done, so that label_replace and
///   aggregations still see them (the feature flag of Prometheus)
/// @param startTimestamps whether rate, increase, irate and resets look at the start times of
///   samples, and start_timestamp returns them (the feature flag of Prometheus)
public record EvalOptions(
    long lookbackMs,
    long defaultStepMs,
    long samplesMax,
    BooleanSupplier cancelled,
    boolean delayedNameRemoval,
    boolean startTimestamps) {
  /// Prometheus's defaults; never cancelled.
  public static final EvalOptions DEFAULT =
      new EvalOptions(300_000, 60_000, 50_000_000, () -> false, false, false);

  public EvalOptions {
    if (samplesMax > Integer.MAX_VALUE) {
      throw new IllegalArgumentException("samples must fit an int: " + samplesMax);
    }
    if (lookbackMs <= 0 || defaultStepMs <= 0 || samplesMax <= 0) {
      throw new IllegalArgumentException("lookback, default step and samples must be positive");
    }
  }

  /// Names are removed at once, start times ignored.
  public EvalOptions(
      long lookbackMs, long defaultStepMs, long samplesMax, BooleanSupplier cancelled) {
    this(lookbackMs, defaultStepMs, samplesMax, cancelled, false, false);
  }

  public EvalOptions withCancelled(BooleanSupplier cancelled) {
    return new EvalOptions(
        lookbackMs, defaultStepMs, samplesMax, cancelled, delayedNameRemoval, startTimestamps);
  }

  public EvalOptions withSamplesMax(long samplesMax) {
    return new EvalOptions(
        lookbackMs, defaultStepMs, samplesMax, cancelled, delayedNameRemoval, startTimestamps);
  }

  public EvalOptions withLookbackMs(long lookbackMs) {
    return new EvalOptions(
        lookbackMs, defaultStepMs, samplesMax, cancelled, delayedNameRemoval, startTimestamps);
  }

  public EvalOptions withDefaultStepMs(long defaultStepMs) {
    return new EvalOptions(
        lookbackMs, defaultStepMs, samplesMax, cancelled, delayedNameRemoval, startTimestamps);
  }

  public EvalOptions withDelayedNameRemoval(boolean delayedNameRemoval) {
    return new EvalOptions(
        lookbackMs, defaultStepMs, samplesMax, cancelled, delayedNameRemoval, startTimestamps);
  }

  public EvalOptions withStartTimestamps(boolean startTimestamps) {
    return new EvalOptions(
        lookbackMs, defaultStepMs, samplesMax, cancelled, delayedNameRemoval, startTimestamps);
  }
}

package dev.tocsin.engine;

import dev.tocsin.promql.eval.EvalOptions;
import dev.tocsin.store.StoreLimits;
import java.util.function.LongSupplier;

/// How an engine is set up; has to be the same again when it is restored.
///
/// @param evaluation of rules and of queries in templates; the default step is the rule set's
/// @param slots where the groups' slots lie
/// @param hashSeed protects the store's tables from label sets chosen to collide; nothing that is
///   decided depends on it
/// @param stopwatch nanoseconds of any clock, to show how long evaluations take; nothing that is
///   decided depends on it
/// @param pieceCost how much of the slots one tick does before other inputs have their turn, in
///   series and samples read ([RuleSource#cost]); at least one rule
public record EngineOptions(
    StoreLimits store,
    EvalOptions evaluation,
    Slots slots,
    long hashSeed,
    LongSupplier stopwatch,
    long pieceCost) {
  /// Where the slots of a group lie, as multiples of its interval.
  public enum Slots {
    /// Each group has its own phase, so that they do not all fall on the same millisecond.
    SPREAD,
    /// All at whole multiples of the interval: for tests of rules.
    ALIGNED,
    /// The first one a millisecond after the group came: for unit tests of rules, which begin at
    /// any time.
    AT_ONCE
  }

  /// Samples one query of a rule may hold where nothing else is said: 16 bytes each, and up to four
  /// times that while they are gathered, beside all else in a small heap.
  private static final long QUERY_SAMPLES_MAX = 400_000;

  /// All slots that are due in one tick.
  public static final long WHOLE = Long.MAX_VALUE;

  public static EngineOptions of(StoreLimits store) {
    return new EngineOptions(
        store,
        EvalOptions.DEFAULT.withSamplesMax(QUERY_SAMPLES_MAX),
        Slots.SPREAD,
        0,
        () -> 0,
        WHOLE);
  }

  public EngineOptions withQuerySamplesMax(long samplesMax) {
    return withEvaluation(evaluation.withSamplesMax(samplesMax));
  }

  public EngineOptions withEvaluation(EvalOptions how) {
    return new EngineOptions(store, how, slots, hashSeed, stopwatch, pieceCost);
  }

  public EngineOptions withSlots(Slots where) {
    return new EngineOptions(store, evaluation, where, hashSeed, stopwatch, pieceCost);
  }

  public EngineOptions withHashSeed(long seed) {
    return new EngineOptions(store, evaluation, slots, seed, stopwatch, pieceCost);
  }

  public EngineOptions withStopwatch(LongSupplier nanos) {
    return new EngineOptions(store, evaluation, slots, hashSeed, nanos, pieceCost);
  }

  public EngineOptions withPieceCost(long cost) {
    return new EngineOptions(store, evaluation, slots, hashSeed, stopwatch, cost);
  }
}

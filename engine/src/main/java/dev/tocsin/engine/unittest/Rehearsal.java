package dev.tocsin.engine.unittest;

import dev.tocsin.engine.Engine;
import dev.tocsin.engine.EngineOptions;
import dev.tocsin.engine.EngineView;
import dev.tocsin.model.batch.EncodedHistogram;
import dev.tocsin.model.batch.SeriesDefinition;
import dev.tocsin.model.batch.Slab;
import dev.tocsin.model.input.Input;
import dev.tocsin.model.input.RuleSet;
import dev.tocsin.model.limit.Limits;
import dev.tocsin.model.tenant.Tenant;
import dev.tocsin.promql.data.SeriesSource;
import dev.tocsin.promql.eval.EvalOptions;
import dev.tocsin.promql.series.SeriesDescription;
import dev.tocsin.promql.series.SeriesValue;
import dev.tocsin.store.StoreLimits;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/// An engine that is given samples and moments, step by step. Single use, one thread.
final class Rehearsal {
  /// Samples one query may hold, as with promtool.
  static final long QUERY_SAMPLES_MAX = 10_000;

  /// Bytes of compressed samples; a test that needs more fails and says so.
  static final long HISTORY_BYTES_MAX = 192L << 20;

  private final Engine engine;
  private final EvalOptions evaluation;
  private final List<Supply> supplies = new ArrayList<>();
  private long seq;
  private long nowMs;

  /// What is left of a described series.
  private static final class Supply {
    private final SeriesDescription series;
    private final int ref;
    private int next;

    Supply(SeriesDescription series, int ref) {
      this.series = series;
      this.ref = ref;
    }
  }

  /// @param startMs of the first evaluation; Unix milliseconds
  Rehearsal(UnitTestOptions options, long startMs, long evaluationIntervalMs) {
    this.nowMs = startMs - 1;
    EvalOptions plain =
        EvalOptions.DEFAULT
            .withSamplesMax(QUERY_SAMPLES_MAX)
            .withDefaultStepMs(evaluationIntervalMs);
    this.evaluation = options.features().applied(plain);
    this.engine =
        new Engine(
            EngineOptions.of(new StoreLimits(Limits.SERIES_MAX, HISTORY_BYTES_MAX))
                .withEvaluation(plain)
                .withSlots(EngineOptions.Slots.AT_ONCE));
  }

  /// Returns why the engine refuses the rules; empty where it does not.
  String load(RuleSet rules) {
    step(new Input.Reload(rules));
    return engine.view().reloadProblem();
  }

  /// The series whose samples are to come. Their references are their places.
  void announce(Collection<SeriesDescription> series) {
    List<SeriesDefinition> definitions = new ArrayList<>();
    for (SeriesDescription one : series) {
      int ref = supplies.size();
      supplies.add(new Supply(one, ref));
      definitions.add(new SeriesDefinition(ref, Tenant.DEFAULT, one.labels()));
    }
    step(new Input.Transaction(Tenant.DEFAULT, 0, definitions, List.of()));
  }

  /// Hands in the samples up to a time.
  void supply(long startMs, long intervalMs, long tillMs) {
    List<Slab> slabs = new ArrayList<>();
    Slab slab = new Slab();
    for (Supply supply : supplies) {
      List<SeriesValue> values = supply.series.values();
      while (supply.next < values.size() && startMs + supply.next * intervalMs <= tillMs) {
        if (slab.isFull()) {
          slabs.add(slab);
          slab = new Slab();
        }
        add(slab, supply.ref, startMs + supply.next * intervalMs, values.get(supply.next));
        supply.next++;
      }
    }
    if (slab.count() > 0) {
      slabs.add(slab);
    }
    if (!slabs.isEmpty()) {
      step(new Input.Transaction(Tenant.DEFAULT, 0, List.of(), slabs));
    }
  }

  private static void add(Slab slab, int ref, long timeMs, SeriesValue value) {
    switch (value) {
      case SeriesValue.Omitted _ -> {}
      case SeriesValue.FloatValue(double number) -> slab.add(ref, timeMs, number);
      case SeriesValue.Histogram(var histogram, _) ->
          slab.addHistogram(ref, timeMs, EncodedHistogram.of(histogram));
    }
  }

  /// Lets the time come to this: evaluates all groups.
  void evaluate(long timeMs) {
    nowMs = timeMs;
    step(new Input.Tick());
  }

  private void step(Input input) {
    engine.step(++seq, nowMs, input);
  }

  EngineView view() {
    return engine.view();
  }

  /// For queries.
  SeriesSource source() {
    return new HintedSource(engine.source(Tenant.DEFAULT));
  }

  EvalOptions evaluation() {
    return evaluation;
  }

  /// Why results may be wrong: something had no room. Empty where everything had.
  String shortage() {
    if (engine.store().stats().blocksDropped() > 0) {
      return "the samples of this test take more than " + (HISTORY_BYTES_MAX >> 20) + " MiB";
    }
    if (engine.store().stats().seriesRefused() > 0) {
      return "this test has more than " + Limits.SERIES_MAX + " series";
    }
    return "";
  }

  /// Whether the engine takes it: a histogram may be too large.
  static boolean fits(SeriesValue value) {
    return !(value instanceof SeriesValue.Histogram(var histogram, _))
        || EncodedHistogram.fits(histogram);
  }
}

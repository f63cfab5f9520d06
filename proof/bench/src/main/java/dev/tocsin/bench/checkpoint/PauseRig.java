package dev.tocsin.bench.checkpoint;

import dev.tocsin.bench.memory.ClusterSeries;
import dev.tocsin.engine.Engine;
import dev.tocsin.engine.EngineOptions;
import dev.tocsin.model.batch.SeriesDefinition;
import dev.tocsin.model.batch.Slab;
import dev.tocsin.model.input.Input;
import dev.tocsin.model.input.RuleSet;
import dev.tocsin.model.labels.Labels;
import dev.tocsin.model.limit.Limits;
import dev.tocsin.model.tenant.Tenant;
import dev.tocsin.store.StoreLimits;
import java.util.ArrayList;
import java.util.List;

/// An engine with series, a sample of each every 15 s of made-up time, and as many alerts that fire
/// as wanted, each of a rule of its own. One thread.
public final class PauseRig {
  private static final long STEP_MS = 15_000;
  private static final int GROUP_RULES = 100;
  private static final int TRANSACTION_SAMPLES = 10_000;

  private final Engine engine;
  private final int series;
  private final int alerts;
  private long seq;
  private long nowMs = 1_700_000_000_000L;
  private int round;

  public PauseRig(int series, int alerts) {
    this.series = series;
    this.alerts = alerts;
    StoreLimits limits = new StoreLimits(Limits.SERIES_MAX, 1L << 30);
    engine = new Engine(EngineOptions.of(limits).withSlots(EngineOptions.Slots.ALIGNED));
    step(
        new Input.Reload(
            new RuleSet(
                List.of(new RuleSet.RuleText("rules.yml", rules(alerts))),
                Labels.empty(),
                "http://here",
                STEP_MS,
                0)));
  }

  private static String rules(int alerts) {
    StringBuilder text = new StringBuilder("groups:\n");
    for (int i = 0; i < alerts; i++) {
      if (i % GROUP_RULES == 0) {
        text.append("  - name: g").append(i / GROUP_RULES).append("\n    rules:\n");
      }
      text.append("      - alert: TooHot").append(i).append("\n");
      text.append("        expr: celsius{room=\"r").append(i).append("\"} > 30\n");
      text.append("        labels: {severity: page, team: \"team-{{ $labels.room }}\"}\n");
      text.append("        annotations: {summary: \"{{ $labels.room }} has {{ $value }}\"}\n");
    }
    return alerts == 0 ? "groups: []\n" : text.toString();
  }

  private void step(Input input) {
    engine.step(++seq, nowMs, input);
  }

  public Engine engine() {
    return engine;
  }

  /// A sample of every series, and the tick behind it.
  public void round() {
    nowMs += STEP_MS;
    ClusterSeries shape = new ClusterSeries(false);
    for (int from = 0; from < series + alerts; from += TRANSACTION_SAMPLES) {
      transaction(shape, from, Math.min(series + alerts, from + TRANSACTION_SAMPLES));
    }
    step(new Input.Tick());
    round++;
  }

  private void transaction(ClusterSeries shape, int from, int to) {
    List<SeriesDefinition> definitions = new ArrayList<>();
    List<Slab> slabs = new ArrayList<>();
    Slab slab = new Slab();
    for (int i = from; i < to; i++) {
      if (round == 0) {
        Labels labels =
            i < series
                ? shape.labels(i)
                : Labels.of(Labels.METRIC_NAME, "celsius", "room", "r" + (i - series));
        definitions.add(new SeriesDefinition(i, Tenant.DEFAULT, labels));
      }
      if (slab.count() == Slab.CAPACITY) {
        slabs.add(slab);
        slab = new Slab();
      }
      double value = i < series ? (double) (round + 7) * (i % 1009) : 31 + round % 3;
      slab.add(i, nowMs - 1000 + i % 997, value);
    }
    slabs.add(slab);
    step(new Input.Transaction(Tenant.DEFAULT, nowMs * 1_000_000, definitions, slabs));
  }
}

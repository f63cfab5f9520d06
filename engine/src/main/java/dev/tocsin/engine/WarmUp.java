package dev.tocsin.engine;

import dev.tocsin.model.batch.SeriesDefinition;
import dev.tocsin.model.batch.Slab;
import dev.tocsin.model.input.Input;
import dev.tocsin.model.input.RuleSet;
import dev.tocsin.model.labels.Labels;
import dev.tocsin.model.tenant.Tenant;
import dev.tocsin.store.StoreLimits;
import java.util.List;

/// Lets an alert fire and resolve in an engine of its own, so that the first real one does not pay
/// for the loading of classes. Touches nothing else; any thread.
public final class WarmUp {
  private static final String RULES =
      """
      groups:
        - name: warm-up
          interval: 1s
          rules:
            - record: warm_up:rate
              expr: sum by (host) (rate(warm_up{host!=""}[5s]))
            - alert: WarmUp
              expr: warm_up:rate > 0.5 and on (host) warm_up > 1
              labels: {severity: "{{ $labels.host }}"}
              annotations: {summary: '{{ $value | humanize }} {{ printf "%.1f" $value }}'}
      """;

  private WarmUp() {}

  /// How many events came of it: two.
  public static int run() {
    Engine engine = new Engine(EngineOptions.of(new StoreLimits(100, 0)));
    RuleSet.RuleText file = new RuleSet.RuleText("warm-up", RULES);
    engine.step(1, 0, new Input.Reload(new RuleSet(List.of(file), Labels.empty(), "", 1000, 0)));
    Labels labels = Labels.of(Labels.METRIC_NAME, "warm_up", "host", "here");
    List<SeriesDefinition> definitions = List.of(new SeriesDefinition(0, Tenant.DEFAULT, labels));
    int events = 0;
    long seq = 1;
    for (int second = 1; second <= 10; second++) {
      Slab slab = new Slab();
      slab.add(0, second * 1000L, second < 5 ? second : 0);
      engine.step(
          ++seq,
          second * 1000L,
          new Input.Transaction(Tenant.DEFAULT, 0, definitions, List.of(slab)));
      events += engine.step(++seq, second * 1000L, new Input.Tick()).size();
    }
    return events;
  }
}

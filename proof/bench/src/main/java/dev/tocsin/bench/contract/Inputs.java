package dev.tocsin.bench.contract;

import dev.tocsin.bench.contract.script.Sample;
import dev.tocsin.bench.contract.script.Step;
import dev.tocsin.model.alert.AlertEvent;
import dev.tocsin.model.batch.EncodedHistogram;
import dev.tocsin.model.batch.SeriesDefinition;
import dev.tocsin.model.batch.Slab;
import dev.tocsin.model.input.Input;
import dev.tocsin.model.labels.Labels;
import dev.tocsin.model.tenant.Tenant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Makes inputs of steps, as the intake does: it gives series their references.
final class Inputs {
  private static final long NANOS_PER_MS = 1_000_000;

  private final Map<Labels, Integer> refs = new HashMap<>();
  private final Mode mode;

  Inputs(Mode mode) {
    this.mode = mode;
  }

  /// @param events so far
  Input of(Step step, List<AlertEvent> events) {
    return switch (step) {
      case Step.Load load -> new Input.Reload(mode.of(load.rules()));
      case Step.Write write -> transaction(write);
      case Step.Tick _ -> new Input.Tick();
      case Step.Restart _ -> new Input.Restarted();
      case Step.Answer answer -> {
        int at = events.size() - 1 - answer.pick();
        String id = at < 0 ? "unknown" : events.get(at).id();
        yield new Input.Delivered(id, answer.receiver(), answer.atMs(), answer.accepted());
      }
    };
  }

  private Input transaction(Step.Write write) {
    List<SeriesDefinition> definitions = new ArrayList<>();
    List<Slab> slabs = new ArrayList<>();
    Slab slab = new Slab();
    for (Sample sample : write.samples()) {
      Integer ref = refs.get(sample.labels());
      if (ref == null) {
        ref = refs.size();
        refs.put(sample.labels(), ref);
        definitions.add(new SeriesDefinition(ref, Tenant.DEFAULT, sample.labels()));
      }
      if (slab.isFull()) {
        slabs.add(slab);
        slab = new Slab();
      }
      if (sample.histogram() == null) {
        slab.add(ref, sample.timeMs(), sample.value());
      } else {
        slab.addHistogram(ref, sample.timeMs(), EncodedHistogram.of(sample.histogram()));
      }
    }
    slabs.add(slab);
    return new Input.Transaction(Tenant.DEFAULT, write.atMs() * NANOS_PER_MS, definitions, slabs);
  }
}

package dev.tocsin.promql.script;

import dev.tocsin.model.labels.Labels;
import dev.tocsin.promql.series.SeriesDescription;
import dev.tocsin.promql.series.SeriesValue;
import java.util.ArrayList;
import java.util.List;

/// Runs scripts, each with series of its own.
public final class ScriptRunner {
  private final MemorySeries series = new MemorySeries();
  private final Profile profile;
  private final List<Outcome> outcomes = new ArrayList<>();

  private ScriptRunner(Profile profile) {
    this.profile = profile;
  }

  /// Runs all of it; a case that fails ends nothing.
  public static ScriptReport run(Script script, Profile profile) {
    ScriptRunner runner = new ScriptRunner(profile);
    script.commands().forEach(runner::run);
    return new ScriptReport(runner.outcomes);
  }

  private void run(Command command) {
    switch (command) {
      case Command.Clear _ -> series.clear();
      case Command.Load load -> load(load);
      case Command.Evaluate test -> {
        Verdict verdict = new CaseRun(series, profile, test).verdict();
        outcomes.add(new Outcome(test.line(), test.query(), verdict));
      }
    }
  }

  private void load(Command.Load load) {
    ClassicHistograms classic = new ClassicHistograms();
    try {
      for (Command.LoadedSeries loaded : load.series()) {
        load(loaded, load, classic);
      }
      classic.addTo(series);
    } catch (IllegalArgumentException e) {
      // As with Prometheus, a script may ask for samples that no storage takes.
      Mismatch mismatch =
          new Mismatch("samples that can be stored", String.valueOf(e.getMessage()));
      outcomes.add(new Outcome(load.line(), "load", new Verdict.Failed(mismatch)));
    }
  }

  private void load(Command.LoadedSeries loaded, Command.Load load, ClassicHistograms classic) {
    SeriesDescription description = loaded.series();
    Labels labels = description.labels();
    for (int i = 0; i < description.values().size(); i++) {
      long timeMs = i * load.stepMs();
      long startMs = startMs(loaded.startOffsets(), i, timeMs);
      switch (description.values().get(i)) {
        case SeriesValue.Omitted _ -> {}
        case SeriesValue.Histogram(var histogram, _) ->
            series.add(labels, timeMs, histogram, startMs);
        case SeriesValue.FloatValue(double value) -> {
          series.add(labels, timeMs, value, startMs);
          if (load.customBuckets()) {
            classic.add(labels, timeMs, value);
          }
        }
      }
    }
  }

  /// Zero where it is unknown.
  private static long startMs(List<StartOffset> offsets, int index, long timeMs) {
    if (offsets.isEmpty() || !offsets.get(index).known()) {
      return 0;
    }
    return timeMs + offsets.get(index).ms();
  }
}

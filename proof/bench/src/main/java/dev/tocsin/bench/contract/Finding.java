package dev.tocsin.bench.contract;

import dev.tocsin.bench.contract.script.FileText;
import dev.tocsin.bench.contract.script.Script;
import dev.tocsin.bench.contract.script.Step;
import java.util.Locale;

/// A case in which the contract does not hold.
///
/// @param wrong how that shows
/// @param smallest of what shows it
/// @param wrongThere how it shows there
public record Finding(Mode mode, Script script, String wrong, Script smallest, String wrongThere) {
  /// What shows it again.
  public String command() {
    return "proof/bench/run fuzz-rules --mode "
        + mode.name().toLowerCase(Locale.ROOT)
        + " --seed "
        + script.seed()
        + " --case "
        + script.number();
  }

  @Override
  public String toString() {
    StringBuilder out = new StringBuilder();
    out.append("case ").append(script.number()).append(" of seed ").append(script.seed());
    out.append(": ").append(wrong).append("\n\nThe smallest of it: ").append(wrongThere);
    out.append("\n\nslots ").append(smallest.aligned() ? "aligned" : "spread");
    out.append(", ticks late by up to ").append(smallest.lateMs()).append(" ms, a copy after ");
    out.append(smallest.copyAt()).append(" inputs\n");
    for (Step step : smallest.steps()) {
      out.append(step.atMs()).append(step.busy() ? " (no tick before it) " : " ");
      out.append(text(step)).append('\n');
    }
    return out.append("again: ").append(command()).toString();
  }

  private static String text(Step step) {
    return switch (step) {
      case Step.Load load -> {
        StringBuilder out = new StringBuilder("rules, interval ");
        out.append(load.intervalMs()).append(" ms, offset ").append(load.queryOffsetMs());
        out.append(" ms, external labels ").append(load.externalLabels());
        for (FileText file : load.files()) {
          out.append("\n# ").append(file.name()).append('\n').append(file.yaml());
        }
        yield out.toString().stripTrailing();
      }
      case Step.Write write -> {
        StringBuilder out = new StringBuilder("samples");
        write.samples().forEach(sample -> out.append("\n  ").append(sample));
        yield out.toString();
      }
      case Step.Tick _ -> "tick";
      case Step.Restart _ -> "restarted";
      case Step.Answer answer -> "answer " + answer;
    };
  }
}

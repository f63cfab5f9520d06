package dev.tocsin.bench.contract.script;

import dev.tocsin.model.input.RuleSet;
import dev.tocsin.model.labels.Labels;
import java.util.List;

/// Something that comes in. Between two steps time passes: a tick comes soon after every deadline,
/// unless the process is busy until the later step.
public sealed interface Step {
  /// Unix milliseconds.
  long atMs();

  /// Whether no tick comes between the step before and this one.
  boolean busy();

  /// New rules.
  record Load(
      long atMs,
      boolean busy,
      List<FileText> files,
      Labels externalLabels,
      long intervalMs,
      long queryOffsetMs)
      implements Step {
    public Load {
      files = List.copyOf(files);
    }

    public Load withFiles(List<FileText> others) {
      return new Load(atMs, busy, others, externalLabels, intervalMs, queryOffsetMs);
    }

    public RuleSet rules() {
      List<RuleSet.RuleText> texts =
          files.stream().map(file -> new RuleSet.RuleText(file.name(), file.yaml())).toList();
      return new RuleSet(texts, externalLabels, "http://tocsin:9090", intervalMs, queryOffsetMs);
    }
  }

  /// Samples, all at once.
  record Write(long atMs, boolean busy, List<Sample> samples) implements Step {
    public Write {
      samples = List.copyOf(samples);
    }
  }

  /// A tick, whether anything is due or not.
  record Tick(long atMs, boolean busy) implements Step {}

  /// The process was down since the step before.
  record Restart(long atMs) implements Step {
    @Override
    public boolean busy() {
      return true;
    }
  }

  /// A receiver answers to one of the events so far.
  ///
  /// @param pick which, counted from the last
  record Answer(long atMs, boolean busy, int pick, String receiver, boolean accepted)
      implements Step {}
}

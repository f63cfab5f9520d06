package dev.tocsin.rules.record;

import dev.tocsin.model.labels.Labels;
import dev.tocsin.promql.value.Value.Element;
import dev.tocsin.rules.file.RecordingRule;
import dev.tocsin.rules.file.TextEntry;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// What one evaluation of a recording rule comes to. Source: Prometheus, rules/recording.go.
public sealed interface Recording {
  /// @param samples in the order of the result
  record Recorded(List<RuleSample> samples) implements Recording {
    public Recorded {
      samples = List.copyOf(samples);
    }
  }

  /// Nothing is written, and nothing marked as stale.
  record Failed(String reason) implements Recording {}

  /// The name of the metric becomes the rule's, the rule's labels overwrite those of the result,
  /// and an empty one removes.
  ///
  /// @param limit the most series; 0: no limit
  static Recording of(RecordingRule rule, List<Element> result, int limit) {
    List<RuleSample> samples = new ArrayList<>(result.size());
    Set<Labels> seen = new HashSet<>();
    for (Element element : result) {
      Labels.Builder labels = element.labels().toBuilder();
      labels.set(Labels.METRIC_NAME, rule.name());
      for (TextEntry label : rule.labels()) {
        labels.set(label.name(), label.text());
      }
      Labels built = labels.build();
      if (!seen.add(built)) {
        return new Failed(
            "vector contains metrics with the same labelset after applying rule labels");
      }
      samples.add(new RuleSample(built, element.value(), element.histogram()));
    }
    if (limit > 0 && samples.size() > limit) {
      return new Failed("exceeded limit of " + limit + " with " + samples.size() + " series");
    }
    return new Recorded(samples);
  }
}

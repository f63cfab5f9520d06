package dev.tocsin.rules.record;

import dev.tocsin.model.histogram.FloatHistogram;
import dev.tocsin.model.labels.Labels;
import org.jspecify.annotations.Nullable;

/// A sample that a rule writes, at the time its expression was evaluated at: a float, or a native
/// histogram (then `value` means nothing).
public record RuleSample(Labels labels, double value, @Nullable FloatHistogram histogram) {
  public RuleSample(Labels labels, double value) {
    this(labels, value, null);
  }
}

package dev.tocsin.bench.contract.script;

import dev.tocsin.model.histogram.FloatHistogram;
import dev.tocsin.model.labels.Labels;
import org.jspecify.annotations.Nullable;

/// A float, or where there is a histogram that.
public record Sample(Labels labels, long timeMs, double value, @Nullable FloatHistogram histogram) {
  @Override
  public String toString() {
    return labels + " " + timeMs + " " + (histogram == null ? value : histogram);
  }
}

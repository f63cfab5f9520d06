package dev.tocsin.bench.remotewrite;

import dev.tocsin.model.histogram.FloatHistogram;
import dev.tocsin.model.labels.Labels;
import org.jspecify.annotations.Nullable;

/// One sample of one series: a float, or a native histogram (then `value` means nothing).
public record TimedSample(
    Labels series, long timeMs, double value, @Nullable FloatHistogram histogram) {
  public TimedSample(Labels series, long timeMs, double value) {
    this(series, timeMs, value, null);
  }
}

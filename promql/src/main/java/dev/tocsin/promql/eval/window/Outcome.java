package dev.tocsin.promql.eval.window;

import dev.tocsin.model.histogram.FloatHistogram;
import org.jspecify.annotations.Nullable;

/// What a function makes of a window: a number, or a histogram (then `value` means nothing).
public record Outcome(double value, @Nullable FloatHistogram histogram) {
  static Outcome of(double value) {
    return new Outcome(value, null);
  }

  static Outcome of(FloatHistogram histogram) {
    return new Outcome(Double.NaN, histogram);
  }
}

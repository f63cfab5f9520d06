package dev.tocsin.promql.script;

import dev.tocsin.model.histogram.FloatHistogram;
import dev.tocsin.model.histogram.ResetHint;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// Gives the histograms of one series the counter reset hints that they have when read from
/// Prometheus's storage. There, histograms lie in chunks: the first of a chunk reads as unknown,
/// the others as no reset, and gauges as gauges. A chunk ends where the next histogram cannot
/// follow: after a reset, a change of the layout, a float, or a stale marker. (Not modelled: chunks
/// that end because they are full, after a kibibyte or a day.) Source: Prometheus,
/// tsdb/chunkenc/float_histogram.go.
public final class HintsAtRest {
  private @Nullable FloatHistogram previous;

  /// Of the next sample, which may be a float. Null for a float.
  public @Nullable FloatHistogram stored(@Nullable FloatHistogram histogram) {
    if (histogram == null) {
      // A stale marker lies in the chunk of its histograms, but no histogram can follow it there.
      previous = null;
      return null;
    }
    FloatHistogram before = previous;
    previous = histogram;
    if (histogram.resetHint() == ResetHint.GAUGE) {
      return histogram;
    }
    boolean goesOn = before != null && goesOn(before, histogram);
    return histogram.withHint(goesOn ? ResetHint.NOT_RESET : ResetHint.UNKNOWN);
  }

  private static boolean goesOn(FloatHistogram before, FloatHistogram next) {
    return before.resetHint() != ResetHint.GAUGE
        && next.resetHint() != ResetHint.RESET
        && before.schema() == next.schema()
        && before.zeroThreshold() == next.zeroThreshold()
        && Arrays.equals(before.customBounds(), next.customBounds())
        && !next.withHint(ResetHint.UNKNOWN).isResetOf(before.withHint(ResetHint.UNKNOWN));
  }
}

package dev.tocsin.promql.script;

import dev.tocsin.model.batch.StaleMarker;
import dev.tocsin.model.histogram.Buckets;
import dev.tocsin.model.histogram.FloatHistogram;
import dev.tocsin.promql.eval.number.Closeness;
import java.util.Arrays;

/// Whether a value is as good as the one expected. Source: Prometheus, util/almost and
/// promql/promqltest.
final class Tolerance {
  /// Of the sum of both sizes.
  private static final double RELATIVE = 1e-6;

  private Tolerance() {}

  static boolean close(double a, double b) {
    if (StaleMarker.is(a) || StaleMarker.is(b)) {
      return StaleMarker.is(a) && StaleMarker.is(b);
    }
    return Closeness.within(a, b, RELATIVE);
  }

  /// Empty buckets do not matter; layout and bounds must be the same, floats close.
  ///
  /// @param withHint whether the counter reset hints must be the same
  static boolean close(FloatHistogram expected, FloatHistogram actual, boolean withHint) {
    FloatHistogram a = expected.compact(0);
    FloatHistogram b = actual.compact(0);
    return a.schema() == b.schema()
        && close(a.count(), b.count())
        && close(a.sum(), b.sum())
        && (!a.usesCustomBounds() || Arrays.equals(a.customBounds(), b.customBounds()))
        && a.zeroThreshold() == b.zeroThreshold()
        && close(a.zeroCount(), b.zeroCount())
        && close(a.negative(), b.negative())
        && close(a.positive(), b.positive())
        && (!withHint || a.resetHint() == b.resetHint());
  }

  private static boolean close(Buckets a, Buckets b) {
    if (a.counts().length != b.counts().length || !Arrays.equals(indexes(a), indexes(b))) {
      return false;
    }
    for (int i = 0; i < a.counts().length; i++) {
      if (!close(a.counts()[i], b.counts()[i])) {
        return false;
      }
    }
    return true;
  }

  /// Of the buckets, one by one: the same buckets can be told by different spans.
  private static int[] indexes(Buckets buckets) {
    int[] indexes = new int[buckets.counts().length];
    int next = 0;
    int at = 0;
    for (int span = 0; span < buckets.offsets().length; span++) {
      next += buckets.offsets()[span];
      for (int i = 0; i < buckets.lengths()[span]; i++) {
        indexes[at++] = next++;
      }
    }
    return indexes;
  }
}

package dev.tocsin.bench.remotewrite;

import dev.tocsin.model.histogram.Buckets;
import dev.tocsin.model.histogram.FloatHistogram;
import dev.tocsin.model.histogram.ResetHint;

/// Native histograms as both versions of remote write carry them: with whole counts where all are
/// whole, else with counts as doubles. Source: types.proto of Prometheus.
final class HistogramMessage {
  private HistogramMessage() {}

  static ProtobufWriter of(FloatHistogram histogram, long timeMs) {
    boolean whole = isWhole(histogram);
    ProtobufWriter out = new ProtobufWriter();
    if (whole) {
      out.int64(1, (long) histogram.count());
    } else {
      out.float64(2, histogram.count());
    }
    out.float64(3, histogram.sum());
    out.sint64(4, histogram.schema());
    out.float64(5, histogram.zeroThreshold());
    if (whole) {
      out.int64(6, (long) histogram.zeroCount());
    } else {
      out.float64(7, histogram.zeroCount());
    }
    buckets(out, 8, histogram.negative(), whole);
    buckets(out, 11, histogram.positive(), whole);
    out.int64(14, hint(histogram.resetHint()));
    out.int64(15, timeMs);
    if (histogram.usesCustomBounds()) {
      out.packedFloat64(16, histogram.customBounds());
    }
    return out;
  }

  private static boolean isWhole(FloatHistogram histogram) {
    boolean whole = isWhole(histogram.count()) && isWhole(histogram.zeroCount());
    for (Buckets side : new Buckets[] {histogram.positive(), histogram.negative()}) {
      for (double count : side.counts()) {
        whole &= isWhole(count);
      }
    }
    return whole;
  }

  private static boolean isWhole(double count) {
    return count >= 0 && count == Math.rint(count) && count < 0x1p53;
  }

  /// Fields `first` (spans), `first + 1` (differences of whole counts), `first + 2` (counts).
  private static void buckets(ProtobufWriter out, int first, Buckets buckets, boolean whole) {
    for (int i = 0; i < buckets.offsets().length; i++) {
      out.message(
          first,
          new ProtobufWriter().sint64(1, buckets.offsets()[i]).int64(2, buckets.lengths()[i]));
    }
    double[] counts = buckets.counts();
    if (counts.length == 0) {
      return;
    }
    if (!whole) {
      out.packedFloat64(first + 2, counts);
      return;
    }
    long[] differences = new long[counts.length];
    for (int i = 0; i < counts.length; i++) {
      differences[i] = (long) counts[i] - (i == 0 ? 0 : (long) counts[i - 1]);
    }
    out.packedSint64(first + 1, differences);
  }

  private static int hint(ResetHint hint) {
    return switch (hint) {
      case UNKNOWN -> 0;
      case RESET -> 1;
      case NOT_RESET -> 2;
      case GAUGE -> 3;
    };
  }
}

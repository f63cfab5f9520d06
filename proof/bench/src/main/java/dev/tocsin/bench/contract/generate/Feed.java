package dev.tocsin.bench.contract.generate;

import dev.tocsin.bench.contract.script.Sample;
import dev.tocsin.model.batch.StaleMarker;
import dev.tocsin.model.histogram.FloatHistogram;
import dev.tocsin.model.labels.Labels;
import dev.tocsin.promql.data.SeriesData;
import org.jspecify.annotations.Nullable;

/// One series that grows: with gaps, ends, resets and values that stay for a while.
final class Feed {
  /// How the values go.
  enum Kind {
    /// From 0 to 12, staying for a while: what most alerts look at.
    LEVEL,
    /// Grows, with resets.
    COUNTER,
    /// 1, now and then 0.
    UP,
    /// NaN, infinities, the smallest and the largest.
    ODD,
    /// Taken from a series made before, native histograms among it.
    TAKEN
  }

  private static final double[] ODD = {
    0,
    -0.0,
    1,
    Double.NaN,
    Double.longBitsToDouble(StaleMarker.NORMAL_NAN_BITS),
    Double.POSITIVE_INFINITY,
    Double.NEGATIVE_INFINITY,
    Double.MAX_VALUE,
    Double.MIN_VALUE,
    1e16,
    0.1
  };

  private final Labels labels;
  private final Kind kind;
  private final @Nullable SeriesData taken;
  private int at;
  private double value;
  private int silent;

  /// @param taken where the kind is that, what from
  Feed(Labels labels, Kind kind, @Nullable SeriesData taken, Luck luck) {
    this.labels = labels;
    this.kind = kind;
    this.taken = taken;
    this.at = taken == null ? 0 : taken.from() + luck.below(Math.max(1, taken.count() / 2));
    this.value = luck.below(13);
  }

  /// Null where it is silent.
  @Nullable Sample next(long timeMs, Luck luck) {
    if (silent > 0) {
      silent--;
      return null;
    }
    int fate = luck.below(100);
    if (fate < 3) {
      silent = luck.below(8);
      return new Sample(labels, timeMs, StaleMarker.VALUE, null);
    }
    if (fate < 6) {
      silent = luck.below(6);
      return null;
    }
    FloatHistogram histogram = advance(luck);
    return new Sample(labels, timeMs, value, histogram);
  }

  private @Nullable FloatHistogram advance(Luck luck) {
    switch (kind) {
      case LEVEL -> value = luck.percent(65) ? value : luck.below(13);
      case COUNTER -> value = luck.percent(4) ? luck.below(3) : value + luck.below(40);
      case UP -> value = luck.percent(85) ? 1 : 0;
      case ODD -> value = ODD[luck.below(ODD.length)];
      case TAKEN -> {
        return take();
      }
    }
    return null;
  }

  private @Nullable FloatHistogram take() {
    SeriesData from = taken;
    if (from == null || from.count() == 0) {
      return null;
    }
    at = at + 1 < from.to() ? at + 1 : from.from();
    value = from.values()[at];
    @Nullable FloatHistogram @Nullable [] histograms = from.histograms();
    return histograms == null ? null : histograms[at];
  }
}

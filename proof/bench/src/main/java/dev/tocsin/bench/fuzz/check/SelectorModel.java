package dev.tocsin.bench.fuzz.check;

import dev.tocsin.bench.fuzz.data.SeriesSet;
import dev.tocsin.model.batch.StaleMarker;
import dev.tocsin.model.histogram.FloatHistogram;
import dev.tocsin.promql.ast.DurationExpr;
import dev.tocsin.promql.ast.Expr;
import dev.tocsin.promql.ast.TimeModifier;
import dev.tocsin.promql.data.SeriesData;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What plain selectors select, worked out sample by sample: the definition.
final class SelectorModel {
  private SelectorModel() {}

  /// The result, or null where the selector is of no plain kind.
  static @Nullable List<Results.Sample> select(Expr expr, Setting setting, long timeMs) {
    return switch (expr) {
      case Expr.VectorSelector vector -> {
        Long at = time(vector, timeMs);
        yield at == null ? null : instant(vector, setting, timeMs, at);
      }
      case Expr.MatrixSelector(var vector, DurationExpr.Literal(long rangeMs), var _) -> {
        Long at = time(vector, timeMs);
        yield at == null ? null : range(vector, setting.data(), at, rangeMs);
      }
      default -> null;
    };
  }

  /// When it looks; null where that is a matter of arithmetic.
  private static @Nullable Long time(Expr.VectorSelector vector, long timeMs) {
    TimeModifier when = vector.when();
    long at = when.at() instanceof TimeModifier.At.Time(long ms) ? ms : timeMs;
    boolean plain = vector.window() == Expr.WindowMode.PLAIN;
    return switch (when.offset()) {
      case null -> plain ? at : null;
      case DurationExpr.Literal(long ms) -> plain ? at - ms : null;
      default -> null;
    };
  }

  private static List<Results.Sample> instant(
      Expr.VectorSelector vector, Setting setting, long timeMs, long at) {
    List<Results.Sample> found = new ArrayList<>();
    for (SeriesData data : chosen(vector, setting.data())) {
      int last = -1;
      for (int i = data.from(); i < data.to() && data.timesMs()[i] <= at; i++) {
        last = i;
      }
      boolean fresh = last >= 0 && data.timesMs()[last] > at - setting.options().lookbackMs();
      if (fresh && !isStale(data, last)) {
        found.add(sample(data, last, timeMs));
      }
    }
    return found;
  }

  private static List<Results.Sample> range(
      Expr.VectorSelector vector, SeriesSet set, long at, long rangeMs) {
    List<Results.Sample> found = new ArrayList<>();
    for (SeriesData data : chosen(vector, set)) {
      for (int i = data.from(); i < data.to(); i++) {
        long timeMs = data.timesMs()[i];
        if (timeMs > at - rangeMs && timeMs <= at && !isStale(data, i)) {
          found.add(sample(data, i, timeMs));
        }
      }
    }
    return found;
  }

  private static List<SeriesData> chosen(Expr.VectorSelector vector, SeriesSet set) {
    return set.series().stream()
        .filter(data -> vector.matchers().stream().allMatch(m -> m.accepts(data.labels())))
        .toList();
  }

  private static @Nullable FloatHistogram histogram(SeriesData data, int i) {
    @Nullable FloatHistogram @Nullable [] histograms = data.histograms();
    return histograms == null ? null : histograms[i];
  }

  private static boolean isStale(SeriesData data, int i) {
    FloatHistogram histogram = histogram(data, i);
    return StaleMarker.is(histogram == null ? data.values()[i] : histogram.sum());
  }

  private static Results.Sample sample(SeriesData data, int i, long timeMs) {
    return new Results.Sample(data.labels(), timeMs, data.values()[i], histogram(data, i));
  }
}

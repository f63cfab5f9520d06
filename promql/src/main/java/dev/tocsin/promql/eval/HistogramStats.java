package dev.tocsin.promql.eval;

import dev.tocsin.model.histogram.Buckets;
import dev.tocsin.model.histogram.FloatHistogram;
import dev.tocsin.model.histogram.ResetHint;
import dev.tocsin.promql.ast.BinaryOp;
import dev.tocsin.promql.ast.Expr;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Under histogram_count, histogram_sum and histogram_avg, histograms are looked at without their
/// buckets; whether a counter was reset is found out before they go. It shows in the warnings and
/// in comparisons. Source: Prometheus, detectHistogramStatsDecoding and HistogramStatsIterator.
final class HistogramStats {
  private static final double[] NO_BOUNDS = {};

  private final Set<Expr.VectorSelector> selectors =
      Collections.newSetFromMap(new IdentityHashMap<>());

  private enum Need {
    UNKNOWN,
    STATS,
    BUCKETS
  }

  HistogramStats(Expr expr) {
    visit(expr, Need.UNKNOWN);
  }

  boolean suffice(Expr.VectorSelector selector) {
    return selectors.contains(selector);
  }

  private void visit(Expr expr, Need need) {
    switch (expr) {
      case Expr.NumberLiteral _, Expr.StringLiteral _ -> {}
      case Expr.Parens parens -> visit(parens.inner(), need);
      case Expr.Unary unary -> visit(unary.inner(), need);
      case Expr.Binary binary -> {
        boolean trims = binary.op() == BinaryOp.TRIM_UPPER || binary.op() == BinaryOp.TRIM_LOWER;
        Need inside = trims ? Need.BUCKETS : need;
        visit(binary.left(), inside);
        visit(binary.right(), inside);
      }
      case Expr.Aggregate aggregate -> {
        visit(aggregate.inner(), need);
        if (aggregate.parameter() != null) {
          visit(aggregate.parameter(), need);
        }
      }
      case Expr.Call call -> {
        Need inside = need == Need.BUCKETS ? need : needOf(call.function().name(), need);
        call.arguments().forEach(argument -> visit(argument, inside));
      }
      case Expr.Subquery subquery -> visit(subquery.inner(), Need.BUCKETS);
      case Expr.MatrixSelector matrix -> visit(matrix.vector(), need);
      case Expr.VectorSelector selector -> {
        if (need == Need.STATS) {
          selectors.add(selector);
        }
      }
    }
  }

  private static Need needOf(String function, Need outside) {
    return switch (function) {
      case "histogram_count", "histogram_sum", "histogram_avg" -> Need.STATS;
      case "histogram_quantile", "histogram_quantiles", "histogram_fraction" -> Need.BUCKETS;
      default -> outside;
    };
  }

  /// The same histograms without buckets; `histograms[from .. to)` are looked at.
  static @Nullable FloatHistogram[] of(@Nullable FloatHistogram[] histograms, int from, int to) {
    @Nullable FloatHistogram[] stats = new @Nullable FloatHistogram[histograms.length];
    FloatHistogram before = null;
    for (int i = from; i < to; i++) {
      FloatHistogram histogram = histograms[i];
      if (histogram == null) {
        continue;
      }
      if (histogram.isStaleMarker()) {
        stats[i] = histogram;
        continue;
      }
      stats[i] = withoutBuckets(histogram, hint(histogram, before));
      before = histogram;
    }
    return stats;
  }

  private static ResetHint hint(FloatHistogram histogram, @Nullable FloatHistogram before) {
    if (histogram.resetHint() != ResetHint.UNKNOWN || before == null) {
      return histogram.resetHint();
    }
    return histogram.isResetOf(before) ? ResetHint.RESET : ResetHint.NOT_RESET;
  }

  private static FloatHistogram withoutBuckets(FloatHistogram histogram, ResetHint hint) {
    return new FloatHistogram(
        hint,
        histogram.schema(),
        0,
        0,
        histogram.count(),
        histogram.sum(),
        Buckets.NONE,
        Buckets.NONE,
        NO_BOUNDS);
  }
}

package dev.tocsin.promql.eval;

import dev.tocsin.model.histogram.FloatHistogram;
import dev.tocsin.model.histogram.IncompatibleHistogramsException;
import dev.tocsin.promql.ast.Span;
import dev.tocsin.promql.eval.number.HistogramFold;
import dev.tocsin.promql.eval.window.RemarkTexts;
import dev.tocsin.promql.eval.window.RemarkTexts.Work;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// The native histograms of the groups of sum or avg at one step. A group with floats too, or with
/// histograms that do not go together, has no result.
final class HistogramGroups {
  private final boolean mean;
  private final Notes notes;
  private final Span span;
  private @Nullable Group[] groups = new @Nullable Group[4];

  private static final class Group {
    /// Null where the group began with a float: it has no result anyway.
    private final @Nullable HistogramFold fold;

    private boolean incompatible;

    Group(@Nullable HistogramFold fold) {
      this.fold = fold;
    }
  }

  /// @param mean whether it is avg
  HistogramGroups(boolean mean, Notes notes, Span span) {
    this.mean = mean;
    this.notes = notes;
    this.span = span;
  }

  void clear() {
    Arrays.fill(groups, null);
  }

  private @Nullable Group get(int group) {
    return group < groups.length ? groups[group] : null;
  }

  boolean has(int group) {
    return get(group) != null;
  }

  /// Whether the rest of the group is not looked at.
  boolean isIncompatible(int group) {
    Group known = get(group);
    return known != null && known.incompatible;
  }

  /// @param afterFloats whether the group has a float already
  /// @param metric whose histogram it is
  void add(int group, FloatHistogram histogram, boolean afterFloats, String metric) {
    Group known = get(group);
    if (known == null) {
      if (group >= groups.length) {
        groups = Arrays.copyOf(groups, Math.max(group + 1, groups.length * 2));
      }
      groups[group] = new Group(afterFloats ? null : HistogramFold.of(mean, histogram));
      return;
    }
    if (known.fold == null || known.incompatible) {
      return;
    }
    try {
      if (known.fold.add(histogram)) {
        notes.inform(RemarkTexts.boundsReconciled(Work.AGGREGATION), span);
      }
    } catch (IncompatibleHistogramsException _) {
      notes.warn(RemarkTexts.mixedBounds(metric), span);
      known.incompatible = true;
    }
  }

  /// Null where there is none.
  ///
  /// @param floats whether the group has floats too
  @Nullable FloatHistogram result(int group, boolean floats) {
    Group known = get(group);
    if (floats) {
      notes.warn(RemarkTexts.mixedFloatsInAggregation(), span);
      return null;
    }
    if (known == null || known.fold == null || known.incompatible) {
      return null;
    }
    if (known.fold.resetCollision()) {
      notes.warn(RemarkTexts.resetCollision(Work.AGGREGATION), span);
    }
    return known.fold.result().compact(0);
  }
}

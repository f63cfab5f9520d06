package dev.tocsin.promql.eval.window;

import org.jspecify.annotations.Nullable;

/// A function on a window that holds a histogram at least, perhaps floats too.
@FunctionalInterface
public interface MixedFunction {
  /// Null where there is no result.
  ///
  /// @param scalars the other arguments of the function, in the order written
  @Nullable Outcome apply(Window window, double[] scalars);

  /// Looks at the number and times of samples only.
  static MixedFunction alike(WindowFunction function) {
    return (window, scalars) -> Outcome.of(function.apply(window, scalars));
  }

  /// Leaves the histograms out, and says so where there are floats.
  static MixedFunction ofFloats(WindowFunction function) {
    return (window, scalars) -> {
      if (window.histogramCount() == window.count()) {
        return null;
      }
      Remarks remarks = window.remarks();
      remarks.inform(RemarkTexts.ignoredInRange(remarks.metric()));
      double result = function.apply(window.floats(), scalars);
      return WindowFunction.isNone(result) ? null : Outcome.of(result);
    };
  }
}

package dev.tocsin.promql.eval.window;

import dev.tocsin.model.batch.StaleMarker;

/// A number from a window that is not empty.
@FunctionalInterface
public interface WindowFunction {
  /// What [#apply] returns where there is no result: a value that no sample can have.
  double NONE = StaleMarker.VALUE;

  /// @param scalars the other arguments of the function, in the order written
  double apply(Window window, double[] scalars);

  static boolean isNone(double result) {
    return StaleMarker.is(result);
  }
}

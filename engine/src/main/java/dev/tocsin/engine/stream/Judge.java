package dev.tocsin.engine.stream;

import dev.tocsin.promql.data.SeriesSource;

/// Judges a partition. Engine's thread.
@FunctionalInterface
public interface Judge {
  /// Evaluates the rule over the partition, and fires what is to be fired. Returns whether the
  /// partition has an alert that fires now.
  boolean judge(Watch watch, SeriesSource partition);
}

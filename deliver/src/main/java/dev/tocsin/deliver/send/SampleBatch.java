package dev.tocsin.deliver.send;

import dev.tocsin.model.batch.EncodedHistogram;
import dev.tocsin.model.names.SeriesNames;
import org.jspecify.annotations.Nullable;

/// Samples to be sent together, in the order in which they leave: those of one series in the order
/// in which they came. Good until the call it was handed over with returns.
public interface SampleBatch {
  int count();

  /// What the numbers mean.
  SeriesNames names();

  /// The number of the series of a sample.
  int series(int index);

  /// Unix milliseconds.
  long timeMs(int index);

  /// Of a histogram its sum.
  double value(int index);

  /// Null: it is a float.
  @Nullable EncodedHistogram histogram(int index);
}

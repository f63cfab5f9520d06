package dev.tocsin.model.histogram;

/// What was estimated from a histogram, and what there is to say about it.
public record HistogramEstimate(double value, Note note) {
  /// What observations of NaN, which are in no bucket, did to an estimate.
  public enum Note {
    NONE,
    /// The quantile is among them: the result is NaN.
    QUANTILE_IS_NAN,
    /// They count as above everything: the quantile is too high.
    QUANTILE_SKEWED,
    /// They are in no fraction.
    FRACTION_WITHOUT_NANS
  }

  static HistogramEstimate of(double value) {
    return new HistogramEstimate(value, Note.NONE);
  }
}

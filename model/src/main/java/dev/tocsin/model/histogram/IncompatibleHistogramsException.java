package dev.tocsin.model.histogram;

/// Two native histograms that have no common bounds: one has exponential buckets, the other custom
/// ones.
public final class IncompatibleHistogramsException extends IllegalArgumentException {
  private static final long serialVersionUID = 1L;

  IncompatibleHistogramsException() {
    super(
        "cannot apply this operation on histograms with a mix of exponential and custom bucket"
            + " schemas");
  }
}

package dev.tocsin.deliver.send;

import java.util.Locale;

/// Why a sample was not sent.
public enum Dropped {
  /// The relabelling drops its series.
  RELABEL,
  /// It is older than `sample_age_limit`.
  TOO_OLD,
  /// It is a native histogram, and those are not sent, or the format has no words for it.
  HISTOGRAM,
  /// Nothing says what its reference means: that part of the journal could not be read.
  UNDEFINED,
  /// The receiver refused it for good.
  REFUSED,
  /// The receiver answered with a success, and says that it did not write it.
  UNWRITTEN;

  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}

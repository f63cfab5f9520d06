package dev.tocsin.pipeline.accounting;

import java.util.Locale;

/// Why a sample was not taken. Every refused sample is counted under exactly one of these.
public enum Refusal {
  /// The body is not what its type says.
  INVALID_BODY,
  /// A label set that cannot name a series: no name, bad UTF-8, too many or too long.
  INVALID_LABELS,
  /// One name twice in a label set.
  DUPLICATE_LABELS,
  /// A native histogram that is none by Prometheus's rules, or is larger than allowed.
  INVALID_HISTOGRAM,
  /// What was added since the last time, or nobody knows since when: only cumulative counts fit
  /// into a series.
  INVALID_TEMPORALITY,
  /// Further behind the clock than `Limits.BEHIND_MS_MAX`.
  TOO_OLD,
  /// Older than the newest sample of its series.
  OUT_OF_ORDER,
  /// Sent again: the same series, time and bits. Counted, no error.
  DUPLICATE,
  /// The same series and time as the newest sample, with another value.
  DUPLICATE_VALUE,
  /// Further ahead of the clock than `Limits.AHEAD_MS_MAX`.
  TOO_FAR_AHEAD,
  /// A new series beyond the limit on series.
  SERIES_LIMIT,
  /// A transaction with more samples than there may be.
  TOO_LARGE,
  /// The ring was full.
  BUSY,
  /// The journal does not write, and the source wants its samples safe.
  JOURNAL_FAILED,
  /// Admitted, but the source gave up before the commit.
  ABANDONED;

  /// How the word is written in metrics and messages: `out_of_order`.
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /// Whether the sender is told: a sample that was sent again did arrive.
  public boolean isError() {
    return this != DUPLICATE;
  }
}

package dev.tocsin.model.limit;

/// Limits that hold everywhere, each with its reason and what happens beyond it.
public final class Limits {
  /// Samples in the ring; beyond it sources wait or are told to come back (429).
  public static final int RING_SAMPLES = 65_536;

  /// Samples in one transaction; a larger request is refused (413). Half the ring, so that one
  /// request can never need more than there is.
  public static final int TRANSACTION_SAMPLES_MAX = 32_768;

  /// Bytes of a request body as it comes, compressed; beyond it 413.
  public static final int BODY_BYTES_MAX = 8 << 20;

  /// Bytes of a request body once decompressed; checked before anything is allocated; beyond it
  /// 413.
  public static final int BODY_DECODED_BYTES_MAX = 32 << 20;

  /// Labels of one series; beyond it the series is refused (400, `invalid_labels`).
  public static final int LABELS_MAX = 128;

  /// Bytes of a label name; beyond it the series is refused (400, `invalid_labels`).
  public static final int LABEL_NAME_BYTES_MAX = 1024;

  /// Bytes of a label value; beyond it the series is refused (400, `invalid_labels`).
  public static final int LABEL_VALUE_BYTES_MAX = 16_384;

  /// How far ahead of the clock a sample may be; beyond it it is refused (400, `too_far_ahead`).
  public static final long AHEAD_MS_MAX = 600_000;

  /// Series at once; beyond it new series are refused (429, `series_limit`).
  public static final int SERIES_MAX = 1_000_000;

  /// Problems kept of one file; beyond it they are only counted.
  public static final int PROBLEMS_MAX = 100;

  private Limits() {}
}

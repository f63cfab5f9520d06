package dev.tocsin.model.limit;

/// Limits that hold everywhere, each with its reason and what happens beyond it.
public final class Limits {
  /// Samples in the ring; beyond it sources wait or are told to come back (429).
  public static final int RING_SAMPLES = 65_536;

  /// Samples in one transaction; a larger request is refused (413). Half the ring, so that one
  /// request can never need more than there is.
  public static final int TRANSACTION_SAMPLES_MAX = 32_768;

  /// Bytes of the native histograms in the ring, as they are encoded; beyond it sources wait or are
  /// told to come back (429). A request may have half of it, so that one request can never need
  /// more than there is (413).
  public static final int RING_HISTOGRAM_BYTES = 6 << 20;

  /// Bytes of one native histogram as it is encoded; beyond it it is refused (400,
  /// `invalid_histogram`). One frame of the journal holds it.
  public static final int HISTOGRAM_BYTES_MAX = 60_000;

  /// Buckets of both signs and custom bounds of one native histogram together; beyond it it is
  /// refused (400, `invalid_histogram`) before anything is allocated for it.
  public static final int HISTOGRAM_BUCKETS_MAX = 8192;

  /// Spans of both signs of one native histogram together; beyond it it is refused (400,
  /// `invalid_histogram`) before anything is allocated for it.
  public static final int HISTOGRAM_SPANS_MAX = 2048;

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

  /// How far behind the clock a sample may be, so that a sender that was cut off for a day can
  /// catch up; beyond it it is refused (400, `too_old`).
  public static final long BEHIND_MS_MAX = 86_400_000;

  /// Series at once; beyond it new series are refused (429, `series_limit`). The intake holds 24
  /// bytes a series, and its name.
  public static final int SERIES_MAX = 1_000_000;

  /// Series forgotten by one input; where there are more, they go by the next one.
  public static final int EXPIRED_MAX = 4096;

  /// Bytes of one series' canonical key; beyond it the series is refused (429, `series_limit`).
  public static final int SERIES_KEY_BYTES_MAX = 65_536;

  /// Bytes of the names of all series (each label counts once); beyond it new series are refused
  /// (429, `series_limit`).
  public static final long SERIES_NAMES_BYTES_MAX = 320L << 20;

  /// Tenants with a series at once; beyond it series of new tenants are refused (429,
  /// `series_limit`).
  public static final int TENANTS_MAX = 10_000;

  /// New series in one transaction; where more wait, they go ahead in a transaction of their own.
  public static final int DEFINITIONS_MAX = 4096;

  /// Key bytes of the new series in one transaction; where more wait, they go ahead in a
  /// transaction of their own.
  public static final int DEFINITIONS_BYTES_MAX = 1 << 20;

  /// Inputs in the ring, with samples or without; beyond it sources are told to come back.
  public static final int RING_ENTRIES = 4096;

  /// Places of the ring that only ticks may take, so that time goes on while the journal hangs: at
  /// one tick a second half an hour. Beyond it a tick has to wait.
  public static final int RING_ENTRIES_FOR_TICKS = 2048;

  /// Requests that wait for the disk at once; beyond it they are told at once that it is not safe.
  public static final int DURABILITY_WAITERS_MAX = 4096;

  /// Transactions whose samples are in flight, each counted by itself; beyond it they are counted
  /// together with the one before and settle with the last of them.
  public static final int UNSETTLED_MAX = 65_536;

  /// Problems kept of one file; beyond it they are only counted.
  public static final int PROBLEMS_MAX = 100;

  private Limits() {}
}

package dev.tocsin.pipeline.journal.format;

import org.jspecify.annotations.Nullable;

/// What a frame holds. The code is on disk: never reused, never changed.
public enum FrameType {
  TRANSACTION(1),
  DEFINITIONS(2),
  SAMPLES(3),
  TICK(4),
  RELOAD(5),
  DELIVERED(6),
  RESTARTED(7),
  SEALED(8),
  /// Samples with native histograms among them; since format 2.
  MIXED(9),
  /// Since format 5.
  EXPIRE(10);

  private static final FrameType[] ALL = values();

  private final int code;

  FrameType(int code) {
    this.code = code;
  }

  public int code() {
    return code;
  }

  /// The type with this code, or null.
  static @Nullable FrameType of(int code) {
    return code >= 1 && code <= ALL.length ? ALL[code - 1] : null;
  }
}

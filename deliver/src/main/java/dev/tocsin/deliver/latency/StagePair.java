package dev.tocsin.deliver.latency;

import dev.tocsin.model.alert.StageTimes;
import java.util.Locale;

/// From which stage to which: what is measured of each alert.
public enum StagePair {
  SAMPLE_RECEIVED,
  RECEIVED_APPLIED,
  APPLIED_DECIDED,
  DECIDED_HANDED,
  HANDED_ANSWERED,
  SAMPLE_HANDED,
  SAMPLE_ANSWERED;

  /// As metrics name it: `sample_received`.
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /// Unix nanoseconds of the first stage; 0: not passed.
  long from(StageTimes t) {
    return switch (this) {
      case SAMPLE_RECEIVED, SAMPLE_HANDED, SAMPLE_ANSWERED -> t.sampleNanos();
      case RECEIVED_APPLIED -> t.receivedNanos();
      case APPLIED_DECIDED -> t.appliedNanos();
      case DECIDED_HANDED -> t.decidedNanos();
      case HANDED_ANSWERED -> t.handedNanos();
    };
  }

  /// Unix nanoseconds of the second stage; 0: not passed.
  long to(StageTimes t) {
    return switch (this) {
      case SAMPLE_RECEIVED -> t.receivedNanos();
      case RECEIVED_APPLIED -> t.appliedNanos();
      case APPLIED_DECIDED -> t.decidedNanos();
      case DECIDED_HANDED, SAMPLE_HANDED -> t.handedNanos();
      case HANDED_ANSWERED, SAMPLE_ANSWERED -> t.answeredNanos();
    };
  }
}

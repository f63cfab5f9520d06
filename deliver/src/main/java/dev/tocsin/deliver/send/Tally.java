package dev.tocsin.deliver.send;

import java.util.EnumMap;
import java.util.Map;
import java.util.function.Consumer;

/// What a sender counts and tells people. One thread.
final class Tally {
  /// Between two lines of one kind, nanoseconds; what happens meanwhile is only counted.
  private static final long LINE_NANOS = 60_000_000_000L;

  private final String name;
  private final Consumer<String> log;
  final Map<Dropped, Long> dropped = new EnumMap<>(Dropped.class);
  long sent;
  long sentHistograms;
  long retried;
  long requests;
  long failures;
  long sentBytes;
  long newestSentMs;
  String failing = "";
  private long toldNanos = Long.MIN_VALUE;
  private long untold;

  Tally(String name, Consumer<String> log) {
    this.name = name;
    this.log = log;
  }

  void dropped(Dropped why, long samples) {
    if (samples > 0) {
      dropped.merge(why, samples, Long::sum);
    }
  }

  /// Samples that the receiver did not take: told, but not each time.
  void refused(Dropped why, long samples, String reason, long nowNanos) {
    dropped(why, samples);
    untold += samples;
    if (toldNanos == Long.MIN_VALUE || nowNanos - toldNanos >= LINE_NANOS) {
      tell(untold + " sample(s) were not taken: " + reason);
      toldNanos = nowNanos;
      untold = 0;
    }
  }

  void tell(String text) {
    log.accept("Sending to " + name + ": " + text);
  }
}

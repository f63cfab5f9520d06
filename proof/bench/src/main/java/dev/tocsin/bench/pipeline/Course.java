package dev.tocsin.bench.pipeline;

import java.util.Arrays;

/// When batches were due, written and durable, by their number. Each array is written by one thread
/// at a time and read when all have ended.
final class Course {
  static final int BATCH = 256;
  static final int PRODUCERS = 4;

  /// 65,536 events.
  static final int SLOTS = 65_536;

  private final long[] due;
  private final long[] written;
  private final long[] durable;

  Course(int batchesMax) {
    due = new long[batchesMax];
    written = new long[batchesMax];
    durable = new long[batchesMax];
  }

  void due(long batch, long nanos) {
    note(due, batch, nanos);
  }

  void written(long batch, long nanos) {
    note(written, batch, nanos);
  }

  void durable(long batch, long nanos) {
    note(durable, batch, nanos);
  }

  private static void note(long[] times, long batch, long nanos) {
    if (batch < times.length && times[(int) batch] == 0) {
      times[(int) batch] = nanos;
    }
  }

  /// From due to written, of batches that were due within the time; what was not written is
  /// `Long.MAX_VALUE`.
  long[] toWritten(long fromNanos, long toNanos) {
    return differences(written, fromNanos, toNanos);
  }

  /// The same to durable; empty where nothing was made durable.
  long[] toDurable(long fromNanos, long toNanos) {
    return Arrays.stream(durable).allMatch(at -> at == 0)
        ? new long[0]
        : differences(durable, fromNanos, toNanos);
  }

  private long[] differences(long[] ends, long fromNanos, long toNanos) {
    long[] all = new long[due.length];
    int count = 0;
    for (int i = 0; i < due.length; i++) {
      if (due[i] != 0 && due[i] - fromNanos >= 0 && due[i] - toNanos < 0) {
        all[count++] = ends[i] == 0 ? Long.MAX_VALUE : ends[i] - due[i];
      }
    }
    return Arrays.copyOf(all, count);
  }
}

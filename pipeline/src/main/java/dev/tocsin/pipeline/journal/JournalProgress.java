package dev.tocsin.pipeline.journal;

import java.util.concurrent.atomic.AtomicLong;

/// What the journal's threads tell each other. Any thread.
final class JournalProgress {
  private final AtomicLong wantedSeq = new AtomicLong();
  private volatile long durableSeq;
  private volatile int epoch;
  private volatile boolean stageWaits;
  private volatile Runnable wakeStage = () -> {};
  private volatile Runnable wakeWriter = () -> {};

  JournalProgress(long durableSeq) {
    this.durableSeq = durableSeq;
  }

  /// The newest entry that a crash cannot take any more.
  long durableSeq() {
    return durableSeq;
  }

  void durable(long seq) {
    durableSeq = seq;
  }

  /// Counts the segments asked for after a failure.
  int epoch() {
    return epoch;
  }

  void askForSegment(int nextEpoch) {
    epoch = nextEpoch;
    wakeStage.run();
  }

  /// Somebody waits for the entries through this seq.
  void want(long seq) {
    wantedSeq.accumulateAndGet(seq, Math::max);
    wakeWriter.run();
  }

  long wantedSeq() {
    return wantedSeq.get();
  }

  /// The stage found no room.
  void stageWaits(boolean waits) {
    stageWaits = waits;
  }

  /// There is room again.
  void madeRoom() {
    if (stageWaits) {
      stageWaits = false;
      wakeStage.run();
    }
  }

  void wakeWriter() {
    wakeWriter.run();
  }

  void wakeStage() {
    wakeStage.run();
  }

  void onWakeStage(Runnable action) {
    wakeStage = action;
  }

  void onWakeWriter(Runnable action) {
    wakeWriter = action;
  }
}

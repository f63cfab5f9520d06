package dev.tocsin.collect.remotewrite;

import java.util.concurrent.atomic.LongAdder;

/// What well-formed bodies brought and there is no place for. Any thread.
public final class Unkept {
  private final LongAdder exemplars = new LongAdder();
  private final LongAdder metadata = new LongAdder();
  private final LongAdder startTimes = new LongAdder();

  void add(int moreExemplars, int moreMetadata, int moreStartTimes) {
    exemplars.add(moreExemplars);
    metadata.add(moreMetadata);
    startTimes.add(moreStartTimes);
  }

  public long exemplars() {
    return exemplars.sum();
  }

  /// Descriptions of a metric or of a series.
  public long metadata() {
    return metadata.sum();
  }

  /// Samples that said since when they count.
  public long startTimes() {
    return startTimes.sum();
  }
}

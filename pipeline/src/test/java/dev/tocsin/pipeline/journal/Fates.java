package dev.tocsin.pipeline.journal;

import java.util.ArrayList;
import java.util.List;

/// Remembers what a journal told of its entries, and that it told it in order.
final class Fates implements JournalListener {
  final List<String> calls = new ArrayList<>();
  private final List<long[]> undurable = new ArrayList<>();
  private long durableThrough;
  private long failedFrom;

  Fates(long lastSeq) {
    durableThrough = lastSeq;
  }

  @Override
  public void durable(long throughSeq) {
    if (failedFrom != 0 || throughSeq <= durableThrough) {
      throw new AssertionError("durable(" + throughSeq + ") after " + calls);
    }
    calls.add("durable " + throughSeq);
    durableThrough = throughSeq;
  }

  @Override
  public void failed(long fromSeq, String reason) {
    if (failedFrom != 0 || fromSeq != durableThrough + 1) {
      throw new AssertionError("failed(" + fromSeq + ") after " + calls);
    }
    calls.add("failed " + fromSeq + ": " + reason);
    failedFrom = fromSeq;
  }

  @Override
  public void recovered(long seq) {
    if (failedFrom == 0) {
      throw new AssertionError("recovered(" + seq + ") after " + calls);
    }
    calls.add("recovered " + seq);
    undurable.add(new long[] {failedFrom, seq});
    failedFrom = 0;
    durableThrough = Math.max(seq, durableThrough);
  }

  @Override
  public void undurable(long throughSeq) {
    calls.add("undurable " + throughSeq);
  }

  /// Whether a sender may have been told that the entry is safe.
  boolean isAcknowledged(long seq) {
    return seq <= durableThrough
        && undurable.stream().noneMatch(it -> it[0] <= seq && seq <= it[1]);
  }

  /// The newest acknowledged entry.
  long acknowledgedThrough() {
    long seq = durableThrough;
    while (seq > 0 && !isAcknowledged(seq)) {
      seq--;
    }
    return seq;
  }
}

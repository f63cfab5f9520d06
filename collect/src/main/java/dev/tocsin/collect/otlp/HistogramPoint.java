package dev.tocsin.collect.otlp;

import dev.tocsin.collect.remotewrite.Fields;
import dev.tocsin.collect.remotewrite.wire.MalformedException;
import dev.tocsin.collect.remotewrite.wire.ProtoReader;
import dev.tocsin.model.limit.Limits;
import dev.tocsin.model.text.GoFloat;

/// One point of a histogram with given bounds. Reused.
///
/// `HistogramDataPoint{2: start, 3: fixed64 time, 4: fixed64 count, 5: double sum, 6: fixed64
/// bucket counts, 7: double bounds, 8: Exemplar, 9: KeyValue, 10: uint32 flags, 11: min, 12: max}`;
/// 1 was used once. Source: opentelemetry/proto/metrics/v1.
final class HistogramPoint {
  private static final int START = ProtoReader.tagOf(2, ProtoReader.FIXED64);
  private static final int TIME = ProtoReader.tagOf(3, ProtoReader.FIXED64);
  private static final int COUNT = ProtoReader.tagOf(4, ProtoReader.FIXED64);
  private static final int SUM = ProtoReader.tagOf(5, ProtoReader.FIXED64);
  private static final int COUNTS = ProtoReader.tagOf(6, ProtoReader.LENGTH);
  private static final int ONE_COUNT = ProtoReader.tagOf(6, ProtoReader.FIXED64);
  private static final int BOUNDS = ProtoReader.tagOf(7, ProtoReader.LENGTH);
  private static final int ONE_BOUND = ProtoReader.tagOf(7, ProtoReader.FIXED64);
  private static final int EXEMPLAR = ProtoReader.tagOf(8, ProtoReader.LENGTH);
  private static final int ATTRIBUTE = ProtoReader.tagOf(9, ProtoReader.LENGTH);
  private static final int FLAGS = ProtoReader.tagOf(10, ProtoReader.VARINT);
  private static final int MIN = ProtoReader.tagOf(11, ProtoReader.FIXED64);
  private static final int MAX = ProtoReader.tagOf(12, ProtoReader.FIXED64);

  private final AttributeList attributes;
  private final LongList counts = new LongList();
  private final LongList bounds = new LongList();
  private long timeNanos;
  private long count;
  private double sum;
  private boolean summed;
  private long flags;

  /// @param attributes are read into this
  HistogramPoint(AttributeList attributes) {
    this.attributes = attributes;
  }

  private void clear() {
    attributes.clear();
    counts.clear();
    bounds.clear();
    timeNanos = 0;
    count = 0;
    sum = 0;
    summed = false;
    flags = 0;
  }

  /// Reads one message, at whose length the reader stands.
  void read(ProtoReader reader, byte[] body) throws MalformedException {
    clear();
    int outer = reader.enter();
    while (!reader.atEnd()) {
      int at = reader.at();
      int tag = reader.tag();
      if (tag == ATTRIBUTE) {
        attributes.read(reader, body);
      } else if (!readNumber(reader, tag) && !readBuckets(reader, tag)) {
        boolean unused = tag == START || tag == EXEMPLAR || tag == MIN || tag == MAX;
        if (!unused && tag >>> 3 != 1) {
          Fields.refuseKnown(tag, 12, "HistogramDataPoint", at);
        }
        reader.skip(tag);
      }
    }
    reader.leave(outer);
  }

  private boolean readNumber(ProtoReader reader, int tag) throws MalformedException {
    if (tag == TIME) {
      timeNanos = reader.fixed64();
    } else if (tag == COUNT) {
      count = reader.fixed64();
    } else if (tag == SUM) {
      sum = Double.longBitsToDouble(reader.fixed64());
      summed = true;
    } else if (tag == FLAGS) {
      flags = reader.varint();
    } else {
      return false;
    }
    return true;
  }

  private boolean readBuckets(ProtoReader reader, int tag) throws MalformedException {
    if (tag == COUNTS) {
      counts.readPackedFixed(reader);
    } else if (tag == ONE_COUNT) {
      counts.readFixed(reader);
    } else if (tag == BOUNDS) {
      bounds.readPackedFixed(reader);
    } else if (tag == ONE_BOUND) {
      bounds.readFixed(reader);
    } else {
      return false;
    }
    return true;
  }

  /// What is wrong with the buckets; empty: nothing.
  String problem() {
    if (bounds.isTooMany() || counts.isTooMany()) {
      return bounds.count() + " bounds, at most " + (Limits.HISTOGRAM_BUCKETS_MAX - 1);
    }
    boolean fits = counts.count() == bounds.count() + 1 || counts.count() + bounds.count() == 0;
    // A point that says "no value" may name its bounds alone.
    if (!fits && !(isStale() && counts.count() == 0)) {
      return counts.count() + " bucket counts for " + bounds.count() + " bounds";
    }
    for (int i = 0; i < bounds.count(); i++) {
      double bound = bounds.getDouble(i);
      if (Double.isNaN(bound) || (i > 0 && bound <= bounds.getDouble(i - 1))) {
        return "bounds that do not rise at " + GoFloat.general(bound);
      }
    }
    return "";
  }

  /// Buckets with a bound; without that of +Inf, which every histogram has.
  int boundedBuckets() {
    int all = bounds.count();
    boolean infinite =
        !bounds.isTooMany() && all > 0 && bounds.getDouble(all - 1) == Double.POSITIVE_INFINITY;
    return infinite ? all - 1 : all;
  }

  /// How many samples it makes.
  int samples() {
    return boundedBuckets() + (summed ? 3 : 2);
  }

  double bound(int i) {
    return bounds.getDouble(i);
  }

  /// Observations in one bucket alone.
  long bucketCount(int i) {
    return i < counts.count() ? counts.get(i) : 0;
  }

  long timeMs() {
    return Points.timeMs(timeNanos);
  }

  long count() {
    return count;
  }

  boolean hasSum() {
    return summed;
  }

  double sum() {
    return sum;
  }

  boolean isStale() {
    return Points.isStale(flags);
  }
}

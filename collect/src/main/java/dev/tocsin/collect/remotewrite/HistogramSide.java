package dev.tocsin.collect.remotewrite;

import dev.tocsin.collect.remotewrite.wire.MalformedException;
import dev.tocsin.collect.remotewrite.wire.ProtoReader;
import dev.tocsin.model.histogram.Buckets;
import dev.tocsin.model.limit.Limits;
import java.util.Arrays;

/// The buckets of one sign of a native histogram, as its message has them: spans, and counts or, of
/// an integer histogram, the differences between counts. Beyond the limits they are only counted.
/// Reused.
final class HistogramSide {
  private static final int OFFSET = ProtoReader.tagOf(1, ProtoReader.VARINT);
  private static final int LENGTH = ProtoReader.tagOf(2, ProtoReader.VARINT);

  private final String name;
  private int[] offsets = new int[8];
  private long[] lengths = new long[8];
  private int spans;
  private long[] deltas = new long[16];
  private int deltaCount;
  private double[] counts = new double[16];
  private int countCount;

  /// @param name as error texts call it
  HistogramSide(String name) {
    this.name = name;
  }

  void clear() {
    spans = 0;
    deltaCount = 0;
    countCount = 0;
  }

  int spans() {
    return spans;
  }

  /// Buckets read, of whichever kind.
  int buckets() {
    return deltaCount + countCount;
  }

  /// Reads one BucketSpan message, at whose length the reader stands.
  void readSpan(ProtoReader reader) throws MalformedException {
    int outer = reader.enter();
    int offset = 0;
    long length = 0;
    while (!reader.atEnd()) {
      int at = reader.at();
      int tag = reader.tag();
      if (tag == OFFSET) {
        offset = (int) unfold(reader.varint());
      } else if (tag == LENGTH) {
        length = reader.varint() & 0xffff_ffffL;
      } else {
        Fields.refuseKnown(tag, 2, "BucketSpan", at);
        reader.skip(tag);
      }
    }
    reader.leave(outer);
    if (spans < Limits.HISTOGRAM_SPANS_MAX) {
      if (spans == offsets.length) {
        offsets = Arrays.copyOf(offsets, 2 * spans);
        lengths = Arrays.copyOf(lengths, 2 * spans);
      }
      offsets[spans] = offset;
      lengths[spans] = length;
    }
    spans++;
  }

  /// Reads a packed list of differences.
  void readDeltas(ProtoReader reader) throws MalformedException {
    int outer = reader.enter();
    while (!reader.atEnd()) {
      readDelta(reader);
    }
    reader.leave(outer);
  }

  void readDelta(ProtoReader reader) throws MalformedException {
    long delta = unfold(reader.varint());
    if (deltaCount < Limits.HISTOGRAM_BUCKETS_MAX) {
      if (deltaCount == deltas.length) {
        deltas = Arrays.copyOf(deltas, 2 * deltaCount);
      }
      deltas[deltaCount] = delta;
    }
    deltaCount++;
  }

  /// Reads a packed list of counts.
  void readCounts(ProtoReader reader) throws MalformedException {
    int outer = reader.enter();
    while (!reader.atEnd()) {
      readCount(reader);
    }
    reader.leave(outer);
  }

  void readCount(ProtoReader reader) throws MalformedException {
    double count = Double.longBitsToDouble(reader.fixed64());
    if (countCount < Limits.HISTOGRAM_BUCKETS_MAX) {
      if (countCount == counts.length) {
        counts = Arrays.copyOf(counts, 2 * countCount);
      }
      counts[countCount] = count;
    }
    countCount++;
  }

  static long unfold(long folded) {
    return (folded >>> 1) ^ -(folded & 1);
  }

  /// How many observations the differences come to; wraps around, as Prometheus counts.
  long observations() {
    long all = 0;
    long count = 0;
    for (int i = 0; i < deltaCount; i++) {
      count += deltas[i];
      all += count;
    }
    return all;
  }

  /// The buckets; within the limits.
  ///
  /// @param floats whether they are given as counts
  /// @throws IllegalArgumentException where spans and buckets do not fit, as Prometheus says it
  Buckets buckets(boolean floats) {
    int count = floats ? countCount : deltaCount;
    checkSpans(count);
    if (spans == 0) {
      return Buckets.NONE;
    }
    int[] spanLengths = new int[spans];
    for (int i = 0; i < spans; i++) {
      spanLengths[i] = (int) lengths[i];
    }
    double[] values = floats ? Arrays.copyOf(counts, count) : accumulated();
    return new Buckets(Arrays.copyOf(offsets, spans), spanLengths, values);
  }

  /// Added up as floats, as Prometheus does it when it reads an integer histogram.
  private double[] accumulated() {
    double[] values = new double[deltaCount];
    double count = 0;
    for (int i = 0; i < deltaCount; i++) {
      count += deltas[i];
      values[i] = count;
    }
    return values;
  }

  private void checkSpans(int count) {
    long needed = 0;
    long index = 0;
    for (int i = 0; i < spans; i++) {
      if (i > 0 && offsets[i] < 0) {
        throw new IllegalArgumentException(
            "%s side: span number %d with offset %d: histogram has a span whose offset is negative"
                .formatted(name, i + 1, offsets[i]));
      }
      needed += lengths[i];
      index += offsets[i] + lengths[i];
    }
    if (needed != count) {
      throw new IllegalArgumentException(
          ("%s side: spans need %d buckets, have %d buckets: histogram spans specify different"
                  + " number of buckets than provided")
              .formatted(name, needed, count));
    }
    if (index > Integer.MAX_VALUE) {
      throw new IllegalArgumentException(name + " side: a bucket's index is beyond 31 bits");
    }
  }
}

package dev.tocsin.collect.otlp;

import dev.tocsin.collect.remotewrite.Fields;
import dev.tocsin.collect.remotewrite.wire.MalformedException;
import dev.tocsin.collect.remotewrite.wire.ProtoReader;
import dev.tocsin.model.batch.EncodedHistogram;
import dev.tocsin.model.batch.StaleMarker;
import dev.tocsin.model.histogram.Buckets;
import dev.tocsin.model.histogram.FloatHistogram;
import dev.tocsin.model.histogram.ResetHint;
import dev.tocsin.model.limit.Limits;

/// One point of an exponential histogram, which becomes a native histogram. Reused.
///
/// `ExponentialHistogramDataPoint{1: KeyValue, 2: start, 3: fixed64 time, 4: fixed64 count, 5:
/// double sum, 6: sint32 scale, 7: fixed64 zero count, 8: Buckets positive, 9: Buckets negative,
/// 10: uint32 flags, 11: Exemplar, 12: min, 13: max, 14: double zero threshold}`, `Buckets{1:
/// sint32 offset, 2: uint64 counts}`. Source: opentelemetry/proto/metrics/v1.
final class ExponentialPoint {
  private static final int ATTRIBUTE = ProtoReader.tagOf(1, ProtoReader.LENGTH);
  private static final int START = ProtoReader.tagOf(2, ProtoReader.FIXED64);
  private static final int TIME = ProtoReader.tagOf(3, ProtoReader.FIXED64);
  private static final int COUNT = ProtoReader.tagOf(4, ProtoReader.FIXED64);
  private static final int SUM = ProtoReader.tagOf(5, ProtoReader.FIXED64);
  private static final int SCALE = ProtoReader.tagOf(6, ProtoReader.VARINT);
  private static final int ZERO_COUNT = ProtoReader.tagOf(7, ProtoReader.FIXED64);
  private static final int POSITIVE = ProtoReader.tagOf(8, ProtoReader.LENGTH);
  private static final int NEGATIVE = ProtoReader.tagOf(9, ProtoReader.LENGTH);
  private static final int FLAGS = ProtoReader.tagOf(10, ProtoReader.VARINT);
  private static final int EXEMPLAR = ProtoReader.tagOf(11, ProtoReader.LENGTH);
  private static final int MIN = ProtoReader.tagOf(12, ProtoReader.FIXED64);
  private static final int MAX = ProtoReader.tagOf(13, ProtoReader.FIXED64);
  private static final int ZERO_THRESHOLD = ProtoReader.tagOf(14, ProtoReader.FIXED64);
  private static final int OFFSET = ProtoReader.tagOf(1, ProtoReader.VARINT);
  private static final int COUNTS = ProtoReader.tagOf(2, ProtoReader.LENGTH);
  private static final int ONE_COUNT = ProtoReader.tagOf(2, ProtoReader.VARINT);

  /// Prometheus's schemas. Finer scales are brought down.
  private static final int SCHEMA_MIN = -4;

  private static final int SCHEMA_MAX = 8;

  /// No recorder makes finer ones than 20.
  private static final int SCALE_MAX = 39;

  /// Where the point names none. Source: Prometheus, otlptranslator.
  private static final double ZERO_THRESHOLD_DEFAULT = 1e-128;

  /// Empty buckets between two others that are cheaper to keep than another span. Source: the same.
  private static final int GAP_MAX = 2;

  private static final double[] NO_BOUNDS = {};

  /// The buckets of one sign.
  private static final class Side {
    final LongList counts = new LongList();
    int offset;

    void clear() {
      counts.clear();
      offset = 0;
    }

    void read(ProtoReader reader) throws MalformedException {
      int outer = reader.enter();
      while (!reader.atEnd()) {
        int at = reader.at();
        int tag = reader.tag();
        if (tag == OFFSET) {
          offset = unfold(reader.varint());
        } else if (tag == COUNTS) {
          counts.readPackedVarints(reader);
        } else if (tag == ONE_COUNT) {
          counts.readVarint(reader);
        } else {
          Fields.refuseKnown(tag, 2, "Buckets", at);
          reader.skip(tag);
        }
      }
      reader.leave(outer);
    }

    boolean overflows() {
      long last = (long) offset + counts.count() + 1;
      return last > Integer.MAX_VALUE || offset == Integer.MAX_VALUE;
    }

    /// OTLP's bucket 0 begins at 1, Prometheus's ends there.
    Buckets buckets() {
      double[] row = new double[counts.count()];
      for (int i = 0; i < row.length; i++) {
        row[i] = Points.unsigned(counts.get(i));
      }
      return Buckets.row(offset + 1, row);
    }

    /// How many observations there are; wraps around, as Prometheus counts.
    long observations() {
      long all = 0;
      for (int i = 0; i < counts.count(); i++) {
        all += counts.get(i);
      }
      return all;
    }
  }

  private final AttributeList attributes;
  private final Side positive = new Side();
  private final Side negative = new Side();
  private long timeNanos;
  private long count;
  private double sum;
  private int scale;
  private long zeroCount;
  private double zeroThreshold;
  private long flags;

  /// @param attributes are read into this
  ExponentialPoint(AttributeList attributes) {
    this.attributes = attributes;
  }

  private void clear() {
    attributes.clear();
    positive.clear();
    negative.clear();
    timeNanos = 0;
    count = 0;
    sum = 0;
    scale = 0;
    zeroCount = 0;
    zeroThreshold = 0;
    flags = 0;
  }

  private static int unfold(long folded) {
    int low = (int) folded;
    return (low >>> 1) ^ -(low & 1);
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
      } else if (tag == POSITIVE) {
        positive.read(reader);
      } else if (tag == NEGATIVE) {
        negative.read(reader);
      } else if (!readNumber(reader, tag)) {
        if (tag != START && tag != EXEMPLAR && tag != MIN && tag != MAX) {
          Fields.refuseKnown(tag, 14, "ExponentialHistogramDataPoint", at);
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
    } else if (tag == SCALE) {
      scale = unfold(reader.varint());
    } else if (tag == ZERO_COUNT) {
      zeroCount = reader.fixed64();
    } else if (tag == ZERO_THRESHOLD) {
      zeroThreshold = Double.longBitsToDouble(reader.fixed64());
    } else if (tag == FLAGS) {
      flags = reader.varint();
    } else {
      return false;
    }
    return true;
  }

  boolean isStale() {
    return Points.isStale(flags);
  }

  long timeMs() {
    return Points.timeMs(timeNanos);
  }

  /// The histogram that was read.
  ///
  /// @throws IllegalArgumentException where it is none, or beyond our limits; the message says why
  EncodedHistogram encoded() {
    if (isStale()) {
      zeroThreshold = 0;
      return EncodedHistogram.of(
          of(0, StaleMarker.VALUE, SCHEMA_MAX, 0, Buckets.NONE, Buckets.NONE));
    }
    check();
    FloatHistogram histogram =
        of(
            Points.unsigned(count),
            sum,
            scale,
            Points.unsigned(zeroCount),
            positive.buckets(),
            negative.buckets());
    if (scale > SCHEMA_MAX) {
      histogram = histogram.toSchema(SCHEMA_MAX);
    }
    histogram = histogram.compact(GAP_MAX);
    histogram.validate();
    return EncodedHistogram.of(histogram);
  }

  private FloatHistogram of(
      double all, double sumOfAll, int schema, double zeros, Buckets above, Buckets below) {
    double threshold = zeroThreshold == 0 ? ZERO_THRESHOLD_DEFAULT : zeroThreshold;
    return new FloatHistogram(
        ResetHint.UNKNOWN, schema, threshold, zeros, all, sumOfAll, above, below, NO_BOUNDS);
  }

  private void check() {
    if (scale < SCHEMA_MIN || scale > SCALE_MAX) {
      throw new IllegalArgumentException(
          "a scale of " + scale + ", which must be between " + SCHEMA_MIN + " and " + SCALE_MAX);
    }
    int buckets = positive.counts.count() + negative.counts.count();
    if (buckets > Limits.HISTOGRAM_BUCKETS_MAX) {
      throw new IllegalArgumentException(
          buckets + " buckets, at most " + Limits.HISTOGRAM_BUCKETS_MAX + " are allowed");
    }
    if (positive.overflows() || negative.overflows()) {
      throw new IllegalArgumentException("a bucket's index is beyond 31 bits");
    }
    checkCount();
  }

  /// Integers have to add up. Source: Prometheus, model/histogram/histogram.go, Validate.
  private void checkCount() {
    long found = positive.observations() + negative.observations() + zeroCount;
    boolean good = Double.isNaN(sum) ? Long.compareUnsigned(found, count) <= 0 : found == count;
    if (!good) {
      throw new IllegalArgumentException(
          Long.toUnsignedString(found)
              + " observations found in buckets, but the Count field is "
              + Long.toUnsignedString(count));
    }
  }
}

package dev.tocsin.collect.remotewrite;

import dev.tocsin.collect.remotewrite.wire.MalformedException;
import dev.tocsin.collect.remotewrite.wire.ProtoReader;
import dev.tocsin.model.batch.EncodedHistogram;
import dev.tocsin.model.histogram.FloatHistogram;
import dev.tocsin.model.histogram.ResetHint;
import dev.tocsin.model.limit.Limits;
import java.util.Arrays;

/// One native histogram; remote write 2.0 adds its last field. Integer histograms become float
/// histograms, as they do in every query; nothing is lost below 2^53 observations. Reused.
///
/// `Histogram{1: uint64 count | 2: double count, 3: double sum, 4: sint32 schema, 5: double zero
/// threshold, 6: uint64 zero count | 7: double zero count, 8: BucketSpan negative spans, 9: sint64
/// deltas, 10: double counts, 11 to 13: the same for positive, 14: reset hint, 15: int64 time, 16:
/// double custom bounds, 17: int64 start time}`. Source: Prometheus, prompb/types.proto and
/// prompb/io/prometheus/write/v2/types.proto.
final class HistogramMessage {
  private static final int COUNT = ProtoReader.tagOf(1, ProtoReader.VARINT);
  private static final int FLOAT_COUNT = ProtoReader.tagOf(2, ProtoReader.FIXED64);
  private static final int SUM = ProtoReader.tagOf(3, ProtoReader.FIXED64);
  private static final int SCHEMA = ProtoReader.tagOf(4, ProtoReader.VARINT);
  private static final int ZERO_THRESHOLD = ProtoReader.tagOf(5, ProtoReader.FIXED64);
  private static final int ZERO_COUNT = ProtoReader.tagOf(6, ProtoReader.VARINT);
  private static final int FLOAT_ZERO_COUNT = ProtoReader.tagOf(7, ProtoReader.FIXED64);
  private static final int NEGATIVE_SPAN = ProtoReader.tagOf(8, ProtoReader.LENGTH);
  private static final int NEGATIVE_DELTAS = ProtoReader.tagOf(9, ProtoReader.LENGTH);
  private static final int NEGATIVE_DELTA = ProtoReader.tagOf(9, ProtoReader.VARINT);
  private static final int NEGATIVE_COUNTS = ProtoReader.tagOf(10, ProtoReader.LENGTH);
  private static final int NEGATIVE_COUNT = ProtoReader.tagOf(10, ProtoReader.FIXED64);
  private static final int POSITIVE_SPAN = ProtoReader.tagOf(11, ProtoReader.LENGTH);
  private static final int POSITIVE_DELTAS = ProtoReader.tagOf(12, ProtoReader.LENGTH);
  private static final int POSITIVE_DELTA = ProtoReader.tagOf(12, ProtoReader.VARINT);
  private static final int POSITIVE_COUNTS = ProtoReader.tagOf(13, ProtoReader.LENGTH);
  private static final int POSITIVE_COUNT = ProtoReader.tagOf(13, ProtoReader.FIXED64);
  private static final int RESET_HINT = ProtoReader.tagOf(14, ProtoReader.VARINT);
  private static final int TIME = ProtoReader.tagOf(15, ProtoReader.VARINT);
  private static final int BOUNDS = ProtoReader.tagOf(16, ProtoReader.LENGTH);
  private static final int BOUND = ProtoReader.tagOf(16, ProtoReader.FIXED64);
  private static final int START_TIME = ProtoReader.tagOf(17, ProtoReader.VARINT);
  private static final int FIELDS = 17;

  /// Finer schemas are reserved: they are read, and brought down to this.
  private static final int SCHEMA_MAX = 8;

  private static final int RESERVED_SCHEMA_MAX = 52;
  private static final ResetHint[] HINTS = {
    ResetHint.UNKNOWN, ResetHint.RESET, ResetHint.NOT_RESET, ResetHint.GAUGE
  };
  private static final double[] NO_BOUNDS = {};

  private final HistogramSide positive = new HistogramSide("positive");
  private final HistogramSide negative = new HistogramSide("negative");
  private boolean floats;
  private long count;
  private double floatCount;
  private double sum;
  private int schema;
  private double zeroThreshold;
  private long zeroCount;
  private double floatZeroCount;
  private long hint;
  private long timeMs;
  private long startMs;
  private double[] bounds = new double[16];
  private int boundCount;

  private void clear() {
    positive.clear();
    negative.clear();
    floats = false;
    count = 0;
    floatCount = 0;
    sum = 0;
    schema = 0;
    zeroThreshold = 0;
    zeroCount = 0;
    floatZeroCount = 0;
    hint = 0;
    timeMs = 0;
    startMs = 0;
    boundCount = 0;
  }

  /// Reads one message, at whose length the reader stands.
  void read(ProtoReader reader) throws MalformedException {
    clear();
    int outer = reader.enter();
    while (!reader.atEnd()) {
      int at = reader.at();
      int tag = reader.tag();
      if (!readNumber(reader, tag) && !readBuckets(reader, tag)) {
        Fields.refuseKnown(tag, FIELDS, "Histogram", at);
        reader.skip(tag);
      }
    }
    reader.leave(outer);
  }

  private boolean readNumber(ProtoReader reader, int tag) throws MalformedException {
    if (tag == COUNT) {
      count = reader.varint();
      floats = false;
    } else if (tag == FLOAT_COUNT) {
      floatCount = readDouble(reader);
      floats = true;
    } else if (tag == SUM) {
      sum = readDouble(reader);
    } else if (tag == SCHEMA) {
      schema = (int) HistogramSide.unfold(reader.varint() & 0xffff_ffffL);
    } else if (tag == ZERO_THRESHOLD) {
      zeroThreshold = readDouble(reader);
    } else if (tag == ZERO_COUNT) {
      zeroCount = reader.varint();
    } else if (tag == FLOAT_ZERO_COUNT) {
      floatZeroCount = readDouble(reader);
    } else if (tag == RESET_HINT) {
      hint = reader.varint();
    } else if (tag == TIME) {
      timeMs = reader.varint();
    } else if (tag == START_TIME) {
      startMs = reader.varint();
    } else {
      return false;
    }
    return true;
  }

  private boolean readBuckets(ProtoReader reader, int tag) throws MalformedException {
    if (tag == NEGATIVE_SPAN) {
      negative.readSpan(reader);
    } else if (tag == NEGATIVE_DELTAS) {
      negative.readDeltas(reader);
    } else if (tag == NEGATIVE_DELTA) {
      negative.readDelta(reader);
    } else if (tag == NEGATIVE_COUNTS) {
      negative.readCounts(reader);
    } else if (tag == NEGATIVE_COUNT) {
      negative.readCount(reader);
    } else if (tag == POSITIVE_SPAN) {
      positive.readSpan(reader);
    } else if (tag == POSITIVE_DELTAS) {
      positive.readDeltas(reader);
    } else if (tag == POSITIVE_DELTA) {
      positive.readDelta(reader);
    } else if (tag == POSITIVE_COUNTS) {
      positive.readCounts(reader);
    } else if (tag == POSITIVE_COUNT) {
      positive.readCount(reader);
    } else if (tag == BOUNDS) {
      readBounds(reader);
    } else if (tag == BOUND) {
      readBound(reader);
    } else {
      return false;
    }
    return true;
  }

  private void readBounds(ProtoReader reader) throws MalformedException {
    int outer = reader.enter();
    while (!reader.atEnd()) {
      readBound(reader);
    }
    reader.leave(outer);
  }

  private void readBound(ProtoReader reader) throws MalformedException {
    double bound = readDouble(reader);
    if (boundCount < Limits.HISTOGRAM_BUCKETS_MAX) {
      if (boundCount == bounds.length) {
        bounds = Arrays.copyOf(bounds, 2 * boundCount);
      }
      bounds[boundCount] = bound;
    }
    boundCount++;
  }

  private static double readDouble(ProtoReader reader) throws MalformedException {
    return Double.longBitsToDouble(reader.fixed64());
  }

  /// Unix milliseconds.
  long timeMs() {
    return timeMs;
  }

  /// Whether it says since when it counts; 0 says nothing.
  boolean hasStartTime() {
    return startMs != 0;
  }

  /// The histogram that was read.
  ///
  /// @throws IllegalArgumentException where it is none by Prometheus's rules or beyond our limits;
  ///   the message says why
  EncodedHistogram encoded() {
    checkLimits();
    FloatHistogram histogram =
        new FloatHistogram(
            hint >= 0 && hint < HINTS.length ? HINTS[(int) hint] : ResetHint.UNKNOWN,
            schema,
            zeroThreshold,
            floats ? floatZeroCount : unsigned(zeroCount),
            floats ? floatCount : unsigned(count),
            sum,
            positive.buckets(floats),
            negative.buckets(floats),
            boundCount == 0 ? NO_BOUNDS : Arrays.copyOf(bounds, boundCount));
    if (schema > SCHEMA_MAX && schema <= RESERVED_SCHEMA_MAX) {
      histogram = histogram.toSchema(SCHEMA_MAX);
    }
    histogram.validate();
    if (!floats) {
      checkCount();
    }
    return EncodedHistogram.of(histogram);
  }

  private void checkLimits() {
    long buckets = (long) positive.buckets() + negative.buckets() + boundCount;
    if (buckets > Limits.HISTOGRAM_BUCKETS_MAX) {
      throw new IllegalArgumentException(
          "%d buckets and bounds, at most %d are allowed"
              .formatted(buckets, Limits.HISTOGRAM_BUCKETS_MAX));
    }
    long spans = (long) positive.spans() + negative.spans();
    if (spans > Limits.HISTOGRAM_SPANS_MAX) {
      throw new IllegalArgumentException(
          "%d spans, at most %d are allowed".formatted(spans, Limits.HISTOGRAM_SPANS_MAX));
    }
  }

  /// Integers have to add up. Source: Prometheus, model/histogram/histogram.go, Validate.
  private void checkCount() {
    long found = positive.observations() + negative.observations() + zeroCount;
    if (Double.isNaN(sum)) {
      if (Long.compareUnsigned(found, count) > 0) {
        throw new IllegalArgumentException(
            mismatch(found)
                + "histogram's observation count should be at least the number of observations"
                + " found in the buckets");
      }
    } else if (found != count) {
      throw new IllegalArgumentException(
          mismatch(found)
              + "histogram's observation count should equal the number of observations found in"
              + " the buckets (in absence of NaN)");
    }
  }

  private String mismatch(long found) {
    return Long.toUnsignedString(found)
        + " observations found in buckets, but the Count field is "
        + Long.toUnsignedString(count)
        + ": ";
  }

  private static double unsigned(long number) {
    if (number >= 0) {
      return number;
    }
    // Halved, with the lost bit kept for the rounding.
    return (double) ((number >>> 1) | (number & 1)) * 2;
  }
}

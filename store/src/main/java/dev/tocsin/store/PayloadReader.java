package dev.tocsin.store;

import dev.tocsin.model.batch.EncodedHistogram;
import dev.tocsin.model.histogram.FloatHistogram;
import dev.tocsin.store.chunk.ChunkLog;
import dev.tocsin.store.chunk.PayloadAddress;
import dev.tocsin.store.chunk.PayloadCursor;
import dev.tocsin.store.chunk.PayloadKind;
import org.jspecify.annotations.Nullable;

/// Puts native histograms in the places where their addresses are. Any thread.
final class PayloadReader {
  /// What a histogram takes in memory without its buckets, and each bucket, span or bound of it;
  /// bytes, about.
  private static final int HISTOGRAM_BYTES = 168;

  private static final int PART_BYTES = 8;

  private final ChunkLog log;

  PayloadReader(ChunkLog log) {
    this.log = log;
  }

  /// The samples without those whose histograms are gone; a copy where there is any histogram.
  /// [Samples#TOO_MANY] where the histograms would take more memory than that.
  Samples resolve(Samples raw, long bytesMax) {
    if (PayloadAddress.count(raw.values(), raw.from(), raw.to()) == 0) {
      return raw;
    }
    PayloadCursor cursor = log.payloads();
    long[] timesMs = new long[raw.count()];
    double[] values = new double[raw.count()];
    @Nullable FloatHistogram[] histograms = new @Nullable FloatHistogram[raw.count()];
    long bytes = 0;
    int count = 0;
    for (int i = raw.from(); i < raw.to(); i++) {
      double value = raw.values()[i];
      if (PayloadAddress.is(value)) {
        if (!cursor.moveTo(value)) {
          continue;
        }
        if (cursor.kind() == PayloadKind.FLOAT) {
          value = Double.longBitsToDouble(cursor.floatBits());
        } else {
          FloatHistogram histogram = histogram(cursor);
          if (histogram == null) {
            continue;
          }
          bytes += bytes(histogram);
          if (bytes > bytesMax) {
            return Samples.TOO_MANY;
          }
          histograms[count] = histogram;
          value = histogram.sum();
        }
      }
      timesMs[count] = raw.timesMs()[i];
      values[count] = value;
      count++;
    }
    return count == 0 ? Samples.NONE : new Samples(timesMs, values, histograms, bytes, 0, count);
  }

  /// What a value is on its own: itself, or the sum of its histogram; NaN where that is gone.
  double value(double raw) {
    PayloadCursor cursor = log.payloads();
    if (!PayloadAddress.is(raw)) {
      return raw;
    }
    if (!cursor.moveTo(raw)) {
      return Double.NaN;
    }
    if (cursor.kind() == PayloadKind.FLOAT) {
      return Double.longBitsToDouble(cursor.floatBits());
    }
    FloatHistogram histogram = histogram(cursor);
    return histogram == null ? Double.NaN : histogram.sum();
  }

  /// The bits of a float, or the fingerprint of a histogram; 0 where that is gone.
  long bits(double raw) {
    if (!PayloadAddress.is(raw)) {
      return Double.doubleToRawLongBits(raw);
    }
    PayloadCursor cursor = log.payloads();
    if (!cursor.moveTo(raw)) {
      return 0;
    }
    return cursor.kind() == PayloadKind.FLOAT
        ? cursor.floatBits()
        : EncodedHistogram.fingerprint(cursor.bytes(), cursor.from(), cursor.to());
  }

  /// Null where the bytes are no histogram: only in a checkpoint that was forged.
  private static @Nullable FloatHistogram histogram(PayloadCursor cursor) {
    try {
      return EncodedHistogram.decode(cursor.bytes(), cursor.from(), cursor.to());
    } catch (IllegalArgumentException _) {
      return null;
    }
  }

  private static long bytes(FloatHistogram histogram) {
    int parts =
        histogram.positive().counts().length
            + histogram.positive().offsets().length
            + histogram.negative().counts().length
            + histogram.negative().offsets().length
            + histogram.customBounds().length;
    return HISTOGRAM_BYTES + (long) PART_BYTES * parts;
  }
}

package dev.tocsin.model.histogram;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;

/// Histograms as bytes, for the journal and what is kept on disk:
///
/// ```
/// version  1 byte, 1
/// hint     1 byte: 0 unknown, 1 reset, 2 not reset, 3 gauge
/// schema   zigzag varint
/// numbers  zero threshold, zero count, count, sum
/// side     positive, then negative: varint number of spans; zigzag varint offset and varint
///          length of each; numbers, as many as the lengths say
/// bounds   varint number of custom bounds; numbers
/// ```
///
/// A number is a varint of itself plus one where it is an integer from 0 to 2^53, else a zero byte
/// and its 8 bytes, big-endian; of all NaN that are no stale marker the ordinary one. Bytes that
/// are no histogram are an `IllegalArgumentException`, found with work bounded by
/// [FloatHistogram#BUCKETS_MAX].
public final class HistogramCodec {
  private static final byte VERSION = 1;
  private static final int RAW = 0;

  /// As Prometheus writes it.
  private static final long NORMAL_NAN_BITS = 0x7ff8000000000001L;

  private static final double INTEGER_MAX = 0x1p53;

  private HistogramCodec() {}

  /// How many bytes a histogram takes.
  public static int size(FloatHistogram histogram) {
    int bytes = 2 + varintSize(zigzag(histogram.schema()));
    bytes += numberSize(histogram.zeroThreshold()) + numberSize(histogram.zeroCount());
    bytes += numberSize(histogram.count()) + numberSize(histogram.sum());
    bytes += sideSize(histogram.positive()) + sideSize(histogram.negative());
    bytes += varintSize(histogram.customBounds().length);
    return bytes + numbersSize(histogram.customBounds());
  }

  private static int sideSize(Buckets buckets) {
    int bytes = varintSize(buckets.lengths().length);
    for (int i = 0; i < buckets.lengths().length; i++) {
      bytes += varintSize(zigzag(buckets.offsets()[i])) + varintSize(buckets.lengths()[i]);
    }
    return bytes + numbersSize(buckets.counts());
  }

  private static int numbersSize(double[] values) {
    int bytes = 0;
    for (double value : values) {
      bytes += numberSize(value);
    }
    return bytes;
  }

  private static int numberSize(double value) {
    return isVarint(value) ? varintSize((long) value + 1) : 1 + Double.BYTES;
  }

  private static int varintSize(long value) {
    return (Math.max(1, Long.SIZE - Long.numberOfLeadingZeros(value)) + 6) / 7;
  }

  /// Writes a histogram at the buffer's position. Throws [InvalidHistogramException] where the
  /// parts of it do not fit together, and `BufferOverflowException` where there is no room.
  public static void encode(FloatHistogram histogram, ByteBuffer out) {
    HistogramCheck.structure(histogram);
    out.put(VERSION);
    out.put(hintByte(histogram.resetHint()));
    putVarint(out, zigzag(histogram.schema()));
    putNumber(out, histogram.zeroThreshold());
    putNumber(out, histogram.zeroCount());
    putNumber(out, histogram.count());
    putNumber(out, histogram.sum());
    putSide(out, histogram.positive());
    putSide(out, histogram.negative());
    putVarint(out, histogram.customBounds().length);
    putNumbers(out, histogram.customBounds());
  }

  private static byte hintByte(ResetHint hint) {
    return switch (hint) {
      case UNKNOWN -> 0;
      case RESET -> 1;
      case NOT_RESET -> 2;
      case GAUGE -> 3;
    };
  }

  private static ResetHint hint(byte number) {
    return switch (number) {
      case 0 -> ResetHint.UNKNOWN;
      case 1 -> ResetHint.RESET;
      case 2 -> ResetHint.NOT_RESET;
      case 3 -> ResetHint.GAUGE;
      default -> throw new IllegalArgumentException("no reset hint has the number " + number);
    };
  }

  private static void putSide(ByteBuffer out, Buckets buckets) {
    putVarint(out, buckets.lengths().length);
    for (int i = 0; i < buckets.lengths().length; i++) {
      putVarint(out, zigzag(buckets.offsets()[i]));
      putVarint(out, buckets.lengths()[i]);
    }
    putNumbers(out, buckets.counts());
  }

  private static void putNumbers(ByteBuffer out, double[] values) {
    for (double value : values) {
      putNumber(out, value);
    }
  }

  private static void putNumber(ByteBuffer out, double value) {
    if (isVarint(value)) {
      putVarint(out, (long) value + 1);
    } else {
      out.put((byte) RAW);
      out.putLong(bits(value));
    }
  }

  /// The same number is the same bytes, and which NaN arithmetic gives depends on the processor and
  /// on what was compiled when.
  private static long bits(double value) {
    long bits = Double.doubleToRawLongBits(value);
    return Double.isNaN(value) && bits != FloatHistogram.STALE_BITS ? NORMAL_NAN_BITS : bits;
  }

  private static boolean isVarint(double value) {
    return value >= 0
        && value <= INTEGER_MAX
        && value == (long) value
        && Double.doubleToRawLongBits(value) >= 0;
  }

  private static void putVarint(ByteBuffer out, long value) {
    long rest = value;
    while ((rest & ~0x7FL) != 0) {
      out.put((byte) (rest | 0x80));
      rest >>>= 7;
    }
    out.put((byte) rest);
  }

  private static long zigzag(int value) {
    return ((value << 1) ^ (value >> 31)) & 0xFFFFFFFFL;
  }

  /// Reads the histogram at the buffer's position and moves behind it.
  public static FloatHistogram decode(ByteBuffer in) {
    try {
      FloatHistogram histogram = read(in);
      HistogramCheck.structure(histogram);
      return histogram;
    } catch (BufferUnderflowException e) {
      throw new IllegalArgumentException("the bytes of a histogram end too early", e);
    }
  }

  private static FloatHistogram read(ByteBuffer in) {
    byte version = in.get();
    if (version != VERSION) {
      throw new IllegalArgumentException("a histogram of version " + version + " is not known");
    }
    ResetHint hint = hint(in.get());
    int schema = unzigzag(getVarint(in));
    double zeroThreshold = getNumber(in);
    double zeroCount = getNumber(in);
    double count = getNumber(in);
    double sum = getNumber(in);
    Buckets positive = getSide(in);
    Buckets negative = getSide(in);
    double[] bounds = getNumbers(in, getSize(in, "custom bounds"));
    return new FloatHistogram(
        hint, schema, zeroThreshold, zeroCount, count, sum, positive, negative, bounds);
  }

  private static Buckets getSide(ByteBuffer in) {
    int spans = getSize(in, "spans");
    int[] offsets = new int[spans];
    int[] lengths = new int[spans];
    long buckets = 0;
    for (int i = 0; i < spans; i++) {
      offsets[i] = unzigzag(getVarint(in));
      lengths[i] = getSize(in, "buckets in a span");
      buckets += lengths[i];
    }
    if (buckets > FloatHistogram.BUCKETS_MAX) {
      throw tooMany(buckets, "buckets");
    }
    double[] counts = getNumbers(in, (int) buckets);
    return spans == 0 ? Buckets.NONE : new Buckets(offsets, lengths, counts);
  }

  private static int getSize(ByteBuffer in, String what) {
    long size = getVarint(in);
    if (size < 0 || size > FloatHistogram.BUCKETS_MAX) {
      throw tooMany(size, what);
    }
    return (int) size;
  }

  private static IllegalArgumentException tooMany(long size, String what) {
    return new IllegalArgumentException(
        "a histogram with "
            + Long.toUnsignedString(size)
            + " "
            + what
            + ", more than "
            + FloatHistogram.BUCKETS_MAX);
  }

  private static double[] getNumbers(ByteBuffer in, int size) {
    if (size > in.remaining()) {
      // Each takes a byte at least: do not make room for what cannot be there.
      throw new BufferUnderflowException();
    }
    double[] values = new double[size];
    for (int i = 0; i < size; i++) {
      values[i] = getNumber(in);
    }
    return values;
  }

  private static double getNumber(ByteBuffer in) {
    long value = getVarint(in);
    if (value == RAW) {
      return Double.longBitsToDouble(in.getLong());
    }
    double number = value - 1;
    if (value < 0 || number > INTEGER_MAX) {
      throw new IllegalArgumentException("an integer too large for a number");
    }
    return number;
  }

  private static int unzigzag(long value) {
    if (value < 0 || value > 0xFFFFFFFFL) {
      throw new IllegalArgumentException("an integer of more than 32 bits");
    }
    return (int) ((value >>> 1) ^ -(value & 1));
  }

  private static long getVarint(ByteBuffer in) {
    long value = 0;
    for (int shift = 0; shift < Long.SIZE; shift += 7) {
      byte next = in.get();
      value |= (long) (next & 0x7F) << shift;
      if (next >= 0) {
        return value;
      }
    }
    throw new IllegalArgumentException("an integer of more than ten bytes");
  }
}

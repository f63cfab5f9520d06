package dev.tocsin.store.chunk;

/// Samples as bits. A time is the change of the step between samples, in five lengths; a value is
/// the bits in which it differs from the one before. Exact for every time and every value, the
/// payload of a NaN included. Source of the idea: Pelkonen et al., "Gorilla: A fast, scalable,
/// in-memory time series database", VLDB 2015, section 4.1; the lengths are our own, chosen for
/// milliseconds. The first time is not among the bits.
final class ChunkCodec {
  /// The most samples of a chunk.
  static final int SAMPLES_MAX = 128;

  /// The most bytes of a chunk's bits: 4 + 64 bits for a time, 2 + 5 + 6 + 64 for a value.
  static final int BYTES_MAX = SAMPLES_MAX * 145 / Byte.SIZE + 1;

  /// Bits of the change of the step by how many ones precede it; none: it is zero.
  private static final int[] STEP_BITS = {0, 7, 12, 20, 64};

  private static final int LEADING_BITS = 5;
  private static final int LEADING_MAX = 31;
  private static final int LENGTH_BITS = 6;

  private ChunkCodec() {}

  /// Encodes `[from, to)`, 1 to [#SAMPLES_MAX] samples, into a cleared writer. Returns the bytes
  /// used.
  static int encode(BitWriter out, long[] timesMs, double[] values, int from, int to) {
    long time = timesMs[from];
    long step = 0;
    long bits = 0;
    int leading = 0;
    int trailing = Long.SIZE; // no field yet: nothing fits into it
    for (int i = from; i < to; i++) {
      if (i > from) {
        long nextStep = timesMs[i] - time;
        writeStep(out, nextStep - step);
        step = nextStep;
        time = timesMs[i];
      }
      long next = Double.doubleToRawLongBits(values[i]);
      long difference = next ^ bits;
      bits = next;
      if (difference == 0) {
        out.write(0, 1);
        continue;
      }
      int zerosBefore = Math.min(LEADING_MAX, Long.numberOfLeadingZeros(difference));
      int zerosAfter = Long.numberOfTrailingZeros(difference);
      int length = Long.SIZE - zerosBefore - zerosAfter;
      int fieldLength = Long.SIZE - leading - trailing;
      boolean fits = zerosBefore >= leading && zerosAfter >= trailing;
      if (fits && fieldLength <= length + LEADING_BITS + LENGTH_BITS) {
        out.write(0b10, 2);
        out.write(difference >>> trailing, fieldLength);
      } else {
        leading = zerosBefore;
        trailing = zerosAfter;
        out.write(0b11, 2);
        out.write(leading, LEADING_BITS);
        out.write(length - 1, LENGTH_BITS);
        out.write(difference >>> trailing, length);
      }
    }
    return out.finish();
  }

  private static void writeStep(BitWriter out, long change) {
    if (change == 0) {
      out.write(0, 1);
      return;
    }
    long folded = (change << 1) ^ (change >> 63);
    int width = Long.SIZE - Long.numberOfLeadingZeros(folded);
    if (width <= STEP_BITS[1]) {
      out.write(0b10, 2);
      out.write(folded, STEP_BITS[1]);
    } else if (width <= STEP_BITS[2]) {
      out.write(0b110, 3);
      out.write(folded, STEP_BITS[2]);
    } else if (width <= STEP_BITS[3]) {
      out.write(0b1110, 4);
      out.write(folded, STEP_BITS[3]);
    } else {
      out.write(0b1111, 4);
      out.write(folded, STEP_BITS[4]);
    }
  }

  /// Decodes `count` samples to `[to, to + count)` of both arrays.
  static void decode(
      BitReader in, int count, long firstMs, long[] timesMs, double[] values, int to) {
    long time = firstMs;
    long step = 0;
    long bits = 0;
    int trailing = 0;
    int length = 0;
    for (int i = to; i < to + count; i++) {
      if (i > to) {
        int width = STEP_BITS[in.ones(STEP_BITS.length - 1)];
        long folded = width == 0 ? 0 : in.read(width);
        step += (folded >>> 1) ^ -(folded & 1);
        time += step;
      }
      int kind = in.ones(2);
      if (kind == 2) {
        int leading = (int) in.read(LEADING_BITS);
        length = (int) in.read(LENGTH_BITS) + 1;
        trailing = Long.SIZE - leading - length;
      }
      if (kind > 0) {
        bits ^= in.read(length) << trailing;
      }
      timesMs[i] = time;
      values[i] = Double.longBitsToDouble(bits);
    }
  }
}

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

  /// With more bits than these in a long there is no room for another byte.
  private static final int FULL = Long.SIZE - Byte.SIZE;

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

  /// Decodes `count` samples from `fromByte` on to `[to, to + count)` of both arrays. Reads up to 8
  /// bytes more than the bits take, see [BitWriter#SLACK_BYTES].
  ///
  /// This is what a query over hours of history spends its time in, and what it runs on has no
  /// optimising compiler: hence one method, whose state is in local variables: the next `have` bits
  /// (57 at least after each refill) at the upper end of `buffer`.
  static void decode(
      byte[] bytes,
      int fromByte,
      int count,
      long firstMs,
      long[] timesMs,
      double[] values,
      int to) {
    int at = fromByte;
    long buffer = 0;
    int have = 0;
    long time = firstMs;
    long step = 0;
    long bits = 0;
    int trailing = 0;
    int length = 0;
    for (int i = to; i < to + count; i++) {
      for (; have <= FULL; have += 8) {
        buffer |= (bytes[at++] & 0xffL) << (FULL - have);
      }
      if (i > to && buffer < 0) {
        int ones = Math.min(STEP_BITS.length - 1, Long.numberOfLeadingZeros(~buffer));
        int width = STEP_BITS[ones];
        int head = ones + (ones < STEP_BITS.length - 1 ? 1 : 0);
        long position = (long) at * Byte.SIZE - have + head;
        long folded = wordAt(bytes, position) >>> (Long.SIZE - width);
        step += (folded >>> 1) ^ -(folded & 1);
        at = (int) ((position + width) >>> 3);
        have = Byte.SIZE - (int) ((position + width) & 7);
        buffer = (long) bytes[at++] << (Long.SIZE - have);
        for (; have <= FULL; have += 8) {
          buffer |= (bytes[at++] & 0xffL) << (FULL - have);
        }
      } else if (i > to) {
        buffer <<= 1;
        have--;
      }
      time += step;
      timesMs[i] = time;
      if (buffer >= 0) {
        buffer <<= 1;
        have--;
        values[i] = Double.longBitsToDouble(bits);
        continue;
      }
      boolean newField = buffer << 1 < 0;
      buffer <<= 2;
      have -= 2;
      if (newField) {
        length = (int) (buffer << LEADING_BITS >>> (Long.SIZE - LENGTH_BITS)) + 1;
        trailing = Long.SIZE - (int) (buffer >>> (Long.SIZE - LEADING_BITS)) - length;
        buffer <<= LEADING_BITS + LENGTH_BITS;
        have -= LEADING_BITS + LENGTH_BITS;
      }
      if (length <= have) {
        bits ^= buffer >>> (Long.SIZE - length) << trailing;
        // In two steps: a shift by 64 would be none.
        buffer = buffer << (length - 1) << 1;
        have -= length;
      } else {
        long position = (long) at * Byte.SIZE - have;
        bits ^= wordAt(bytes, position) >>> (Long.SIZE - length) << trailing;
        at = (int) ((position + length) >>> 3);
        have = Byte.SIZE - (int) ((position + length) & 7);
        buffer = (long) bytes[at++] << (Long.SIZE - have);
      }
      values[i] = Double.longBitsToDouble(bits);
    }
  }

  /// The 64 bits from a bit's position on.
  private static long wordAt(byte[] bytes, long position) {
    int index = (int) (position >>> 3);
    int shift = (int) (position & 7);
    long word = 0;
    for (int i = 0; i < Long.BYTES; i++) {
      word = word << 8 | (bytes[index + i] & 0xffL);
    }
    return word << shift | (bytes[index + Long.BYTES] & 0xff) >>> (Byte.SIZE - shift);
  }
}

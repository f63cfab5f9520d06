package dev.tocsin.model.batch;

import dev.tocsin.model.histogram.FloatHistogram;
import dev.tocsin.model.histogram.HistogramCodec;
import dev.tocsin.model.limit.Limits;
import java.nio.ByteBuffer;
import java.util.Arrays;

/// A native histogram as it moves and is kept: the bytes of [HistogramCodec]. It stays encoded from
/// the door to the query, so that the slabs, the journal and the store only copy bytes. Immutable.
public final class EncodedHistogram {
  private final byte[] bytes;
  private final double sum;

  private EncodedHistogram(byte[] bytes, double sum) {
    this.bytes = bytes;
    this.sum = sum;
  }

  /// Whether it has no more than [Limits#HISTOGRAM_BYTES_MAX] bytes.
  public static boolean fits(FloatHistogram histogram) {
    return HistogramCodec.size(histogram) <= Limits.HISTOGRAM_BYTES_MAX;
  }

  /// @throws IllegalArgumentException where it has more than [Limits#HISTOGRAM_BYTES_MAX] bytes
  public static EncodedHistogram of(FloatHistogram histogram) {
    int size = HistogramCodec.size(histogram);
    if (size > Limits.HISTOGRAM_BYTES_MAX) {
      throw new IllegalArgumentException(
          "a histogram of " + size + " bytes encoded; the most is " + Limits.HISTOGRAM_BYTES_MAX);
    }
    byte[] bytes = new byte[size];
    HistogramCodec.encode(histogram, ByteBuffer.wrap(bytes));
    return new EncodedHistogram(bytes, histogram.sum());
  }

  /// Takes a copy of bytes that this class made once, and checks that they are.
  ///
  /// @throws IllegalArgumentException where they are no histogram
  public static EncodedHistogram copyOf(byte[] source, int from, int to) {
    double sum = decode(source, from, to).sum();
    return new EncodedHistogram(Arrays.copyOfRange(source, from, to), sum);
  }

  public FloatHistogram decode() {
    return decode(bytes, 0, bytes.length);
  }

  /// Decodes bytes without a copy of them.
  ///
  /// @throws IllegalArgumentException where they are no histogram
  public static FloatHistogram decode(byte[] source, int from, int to) {
    ByteBuffer in = ByteBuffer.wrap(source, from, to - from);
    FloatHistogram histogram = HistogramCodec.decode(in);
    if (in.hasRemaining()) {
      throw new IllegalArgumentException(in.remaining() + " bytes behind a histogram");
    }
    return histogram;
  }

  /// The sum of the observations; of a stale marker the stale marker.
  public double sum() {
    return sum;
  }

  /// How many bytes it has.
  public int size() {
    return bytes.length;
  }

  /// The bytes themselves: read only.
  public byte[] bytes() {
    return bytes;
  }

  /// See [#fingerprint(byte[], int, int)].
  public long fingerprint() {
    return fingerprint(bytes, 0, bytes.length);
  }

  /// Tells an encoded histogram from any other one, but for a chance of 1 in 2^64: whether a sample
  /// was sent again is decided by it. FNV-1a of 64 bits (Fowler, Noll, Vo).
  public static long fingerprint(byte[] source, int from, int to) {
    long hash = 0xcbf29ce484222325L;
    for (int i = from; i < to; i++) {
      hash = (hash ^ (source[i] & 0xff)) * 0x100000001b3L;
    }
    return hash;
  }
}

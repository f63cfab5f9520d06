package dev.tocsin.model.histogram;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.BufferOverflowException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;

class HistogramCodecTest {
  private static final double STALE = Double.longBitsToDouble(0x7ff0000000000002L);
  private static final double NAN = Double.longBitsToDouble(0x7ff8000000000001L);

  private static byte[] bytes(FloatHistogram histogram) {
    ByteBuffer out = ByteBuffer.allocate(HistogramCodec.size(histogram));
    HistogramCodec.encode(histogram, out);
    assertThat(out.remaining()).isZero();
    return out.array();
  }

  private static String hex(FloatHistogram histogram) {
    return HexFormat.of().formatHex(bytes(histogram));
  }

  private static FloatHistogram decoded(String hex) {
    return HistogramCodec.decode(ByteBuffer.wrap(HexFormat.of().parseHex(hex.replace(" ", ""))));
  }

  private static void assertRefused(String hex, String message) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> decoded(hex))
        .withMessageContaining(message);
  }

  @Test
  void theBytesStayTheSame() {
    FloatHistogram exponential =
        new FloatHistogram(
            ResetHint.NOT_RESET,
            3,
            0.001,
            2,
            300,
            -1.5,
            HistogramMaker.spans(new int[] {-2, 1, 3, 2}, 1, 126, 127),
            Buckets.row(5, 0.5),
            HistogramMaker.NO_BOUNDS);
    assertThat(hex(exponential))
        .isEqualTo(
            "010206" // version, hint, schema
                + "003f50624dd2f1a9fc" // zero threshold
                + "03" // zero count
                + "ad02" // count
                + "00bff8000000000000" // sum
                + "02"
                + "0301"
                + "0602"
                + "02"
                + "7f"
                + "8001" // positive
                + "01"
                + "0a01"
                + "003fe0000000000000" // negative
                + "00"); // bounds
    FloatHistogram custom =
        HistogramMaker.custom(7, Buckets.row(1, 4, 3), 0.5, 10).withHint(ResetHint.GAUGE);
    assertThat(hex(custom)).isEqualTo("0103690101080801020205040002003fe00000000000000b");
  }

  @Test
  void oldBytesAreRead() {
    assertThat(decoded("0103690101080801020205040002003fe00000000000000b"))
        .isEqualTo(HistogramMaker.custom(7, Buckets.row(1, 4, 3), 0.5, 10))
        .extracting(FloatHistogram::resetHint)
        .isEqualTo(ResetHint.GAUGE);
  }

  @Test
  void anyHistogramComesBackAsItWas() {
    for (long seed = 0; seed < 2000; seed++) {
      HistogramMaker maker = new HistogramMaker(seed);
      FloatHistogram histogram = maker.any().times(maker.below(2) == 0 ? 1 : maker.share() * 1e9);
      ByteBuffer in = ByteBuffer.wrap(bytes(histogram));
      FloatHistogram back = HistogramCodec.decode(in);
      assertThat(in.remaining()).as("seed %d", seed).isZero();
      assertThat(back).as("seed %d", seed).isEqualTo(histogram);
      assertThat(back.resetHint()).isEqualTo(histogram.resetHint());
      assertThat(back.positive().offsets()).isEqualTo(histogram.positive().offsets());
    }
  }

  @Test
  void numbersThatAreNoIntegersKeepTheirBits() {
    for (double sum :
        new double[] {STALE, -0.0, -1, 0x1p53, 0x1p53 + 2, 1e300, NAN, Double.NEGATIVE_INFINITY}) {
      FloatHistogram histogram = HistogramMaker.positive(0, sum, Buckets.NONE);
      FloatHistogram back = HistogramCodec.decode(ByteBuffer.wrap(bytes(histogram)));
      assertThat(Double.doubleToRawLongBits(back.sum())).isEqualTo(Double.doubleToRawLongBits(sum));
    }
    FloatHistogram stale = HistogramMaker.positive(0, STALE, Buckets.NONE);
    FloatHistogram odd =
        HistogramMaker.positive(0, Double.longBitsToDouble(0xfff8000000000123L), Buckets.NONE);
    FloatHistogram nan = HistogramMaker.positive(0, Double.NaN, Buckets.NONE);
    assertThat(bytes(odd)).as("all other NaN are one").isEqualTo(bytes(nan));
    assertThat(HistogramCodec.decode(ByteBuffer.wrap(bytes(stale))).isStaleMarker()).isTrue();
  }

  @Test
  void extremeIndicesComeBack() {
    FloatHistogram histogram =
        HistogramMaker.positive(
            8, 1, HistogramMaker.spans(new int[] {-2_000_000_000, 1, Integer.MAX_VALUE, 1}, 1, 1));
    assertThat(HistogramCodec.decode(ByteBuffer.wrap(bytes(histogram)))).isEqualTo(histogram);
  }

  @Test
  void theHistogramBehindAnotherIsReadNext() {
    FloatHistogram first = HistogramMaker.positive(1, 5, Buckets.row(0, 1, 2));
    FloatHistogram second = HistogramMaker.custom(6, Buckets.row(0, 3), 1);
    ByteBuffer buffer =
        ByteBuffer.allocate(HistogramCodec.size(first) + HistogramCodec.size(second));
    HistogramCodec.encode(first, buffer);
    HistogramCodec.encode(second, buffer);
    buffer.flip();
    assertThat(HistogramCodec.decode(buffer)).isEqualTo(first);
    assertThat(HistogramCodec.decode(buffer)).isEqualTo(second);
  }

  @Test
  void whatIsCutOffIsRefused() {
    byte[] whole =
        bytes(HistogramMaker.exponential(2, 0.1, 1, 2.5, Buckets.row(0, 1, 2), Buckets.row(1, 3)));
    for (int length = 0; length < whole.length; length++) {
      ByteBuffer part = ByteBuffer.wrap(Arrays.copyOf(whole, length));
      assertThatIllegalArgumentException()
          .as("%d bytes", length)
          .isThrownBy(() -> HistogramCodec.decode(part))
          .withMessageContaining("too early");
    }
  }

  @Test
  void noByteChangedMakesItFailOtherwise() {
    byte[] whole =
        bytes(
            HistogramMaker.custom(
                2.5, HistogramMaker.spans(new int[] {0, 2, 1, 1}, 1, 2, 3), 1, 2, 3));
    for (int at = 0; at < whole.length; at++) {
      for (int value = 0; value < 256; value++) {
        byte[] changed = whole.clone();
        changed[at] = (byte) value;
        try {
          bytes(HistogramCodec.decode(ByteBuffer.wrap(changed)));
        } catch (IllegalArgumentException e) {
          assertThat(e.getMessage()).isNotEmpty();
        }
      }
    }
  }

  @Test
  void eachLieIsNamed() {
    assertRefused("02", "version 2");
    assertRefused("01 04", "no reset hint has the number 4");
    assertRefused("01 00 ffffffffff7f", "more than 32 bits");
    assertRefused("01 00 00 ffffffffffffffffffff00", "more than ten bytes");
    assertRefused("01 00 00 ffffffffffffff7f", "too large for a number");
    String header = "01 00 00 01 01 01 01 ";
    assertRefused(header + "914e", "10001 spans");
    assertRefused(header + "01 00 914e", "10001 buckets in a span");
    assertRefused(header + "02 00 904e 00 01", "10001 buckets");
    assertRefused(header + "00 00 914e", "10001 custom bounds");
    assertRefused(header + "01 00 904e 01", "too early");
    assertRefused("01 00 12 01 01 01 01 00 00 00", "invalid schema");
    assertRefused("01 00 69 01 01 01 01 01 00 02 01 01 00 00", "custom bounds are too few");
  }

  @Test
  void bothSidesTogetherHaveALimit() {
    FloatHistogram histogram =
        HistogramMaker.exponential(
            0, 0, 0, 0, Buckets.row(0, new double[6000]), Buckets.row(0, new double[4001]));
    ByteBuffer out = ByteBuffer.allocate(HistogramCodec.size(histogram));
    assertThatThrownBy(() -> HistogramCodec.encode(histogram, out))
        .isInstanceOf(InvalidHistogramException.class)
        .hasMessage("histogram has 10001 buckets, more than 10000");
    assertThat(out.position()).isZero();
  }

  @Test
  void whatDoesNotFitTogetherIsNotWritten() {
    FloatHistogram histogram =
        HistogramMaker.positive(0, 0, new Buckets(new int[] {0}, new int[] {3}, new double[] {1}));
    assertThatThrownBy(() -> HistogramCodec.encode(histogram, ByteBuffer.allocate(100)))
        .isInstanceOf(InvalidHistogramException.class);
  }

  @Test
  void differencesOfHistogramsAreWrittenToo() {
    FloatHistogram gauge = HistogramMaker.positive(0, 1, Buckets.row(0, 1, 2)).times(-1);
    assertThat(HistogramCodec.decode(ByteBuffer.wrap(bytes(gauge)))).isEqualTo(gauge);
  }

  @Test
  void noRoomIsSaid() {
    FloatHistogram histogram = HistogramMaker.positive(0, 1, Buckets.row(0, 1, 2));
    assertThatThrownBy(() -> HistogramCodec.encode(histogram, ByteBuffer.allocate(5)))
        .isInstanceOf(BufferOverflowException.class);
  }
}

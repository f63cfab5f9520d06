package dev.tocsin.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.tocsin.model.batch.EncodedHistogram;
import dev.tocsin.model.batch.StaleMarker;
import dev.tocsin.model.histogram.Buckets;
import dev.tocsin.model.histogram.FloatHistogram;
import dev.tocsin.model.histogram.ResetHint;
import dev.tocsin.model.labels.Labels;
import dev.tocsin.model.tenant.Tenant;
import dev.tocsin.store.chunk.ChunkLog;
import dev.tocsin.store.chunk.PayloadAddress;
import dev.tocsin.store.chunk.PayloadKind;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Objects;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class StoreHistogramTest {
  private static final StoreLimits LIMITS = new StoreLimits(10, 1 << 20);

  /// What version 2 looks like. A change here needs a new version, and a reader for the old one.
  private static final String GOLDEN =
      "54534d3100000002000000577aee545200010764656661756c740200085f5f6e616d655f5f016800"
          + "0166020001000001010300120000010101172c010206003fe0000000000000020a02010102030400"
          + "000801020014fc0f0083f080808080080800010014fc0f00000000";

  private final Store store = new Store(LIMITS);
  private final int id = store.intern(Tenant.DEFAULT, Labels.of("__name__", "h"));

  private static FloatHistogram histogram(double sum, double... counts) {
    Buckets buckets = new Buckets(new int[] {-1}, new int[] {counts.length}, counts);
    return new FloatHistogram(
        ResetHint.NOT_RESET, 3, 0.5, 1, 9, sum, buckets, Buckets.NONE, new double[0]);
  }

  private static byte[] bytes(Store store) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    store.writeTo(new DataOutputStream(bytes));
    return bytes.toByteArray();
  }

  private static Store read(byte[] bytes) throws IOException {
    return Store.readFrom(new DataInputStream(new ByteArrayInputStream(bytes)), LIMITS);
  }

  @Test
  void floatsAndHistogramsOfASeriesAreInOneOrder() {
    FloatHistogram first = histogram(1, 2, 3);
    assertThat(store.append(id, 10, 0.5)).isTrue();
    assertThat(store.appendHistogram(id, 20, first)).isTrue();
    assertThat(store.appendHistogram(id, 20, first)).isFalse();
    assertThat(store.append(id, 20, 7)).isFalse();
    assertThat(store.append(id, 30, 7)).isTrue();
    for (Samples samples : new Samples[] {store.read(id, 0, 25), store.lend(id, 0, 25)}) {
      assertThat(samples.count()).isEqualTo(2);
      @Nullable FloatHistogram[] histograms = Objects.requireNonNull(samples.histograms());
      assertThat(samples.timesMs()).startsWith(10, 20);
      assertThat(samples.values()).startsWith(0.5, 1);
      assertThat(histograms[0]).isNull();
      assertThat(histograms[1]).isEqualTo(first);
      assertThat(Objects.requireNonNull(histograms[1]).resetHint()).isEqualTo(ResetHint.NOT_RESET);
    }
    assertThat(store.read(id, 25, 35).histograms()).isNull();
    assertThat(store.stats().samplesAppended()).isEqualTo(3);
    assertThat(store.stats().samplesNotNewer()).isEqualTo(2);
    assertThat(store.stats().samplesHeld()).isEqualTo(3);
  }

  @Test
  void theLastSampleOfEitherKindIsKnown() {
    store.appendHistogram(id, 20, histogram(2.5, 1));
    assertThat(store.lastTimeMs(id)).isEqualTo(20);
    assertThat(store.lastValue(id)).isEqualTo(2.5);
    assertThat(store.lastBits(id))
        .isEqualTo(EncodedHistogram.of(histogram(2.5, 1)).fingerprint())
        .isNotEqualTo(EncodedHistogram.of(histogram(2.5, 2)).fingerprint());
    store.appendHistogram(id, 30, histogram(StaleMarker.VALUE));
    assertThat(StaleMarker.is(store.lastValue(id))).isTrue();
    Samples stale = store.read(id, 30, 30);
    assertThat(StaleMarker.is(stale.values()[stale.from()])).isTrue();
    store.append(id, 40, 1.5);
    assertThat(store.lastBits(id)).isEqualTo(Double.doubleToRawLongBits(1.5));
  }

  @Test
  void whatTakesTooMuchMemoryIsNotRead() {
    for (int i = 0; i < 100; i++) {
      store.appendHistogram(id, i, histogram(i, new double[100]));
    }
    assertThat(store.read(id, 0, 99, 10_000)).isNull();
    Samples some = Objects.requireNonNull(store.read(id, 0, 9, 10_000));
    assertThat(some.count()).isEqualTo(10);
    assertThat(some.histogramBytes()).isBetween(8_000L, 10_000L);
  }

  @Test
  void moreThanFitsIntoAFrameIsRefused() {
    double[] counts = new double[9000];
    Arrays.fill(counts, 0.1);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> store.appendHistogram(id, 1, histogram(1, counts)))
        .withMessageContaining("60000");
    assertThat(store.lastTimeMs(id)).isEqualTo(Long.MIN_VALUE);
  }

  @Test
  void versionTwoStaysReadableAndIsWrittenTheSame() throws IOException {
    store.append(id, 10, 0.5);
    store.appendHistogram(id, 20, histogram(1, 2, 3));
    store.intern(Tenant.DEFAULT, Labels.of("__name__", "f"));
    store.append(1, 10, 0.5);
    assertThat(HexFormat.of().formatHex(bytes(store))).isEqualTo(GOLDEN);
    Store read = read(HexFormat.of().parseHex(GOLDEN));
    assertThat(read.stats()).isEqualTo(store.stats());
    Samples samples = read.read(id, 0, 99);
    assertThat(Objects.requireNonNull(samples.histograms())[1]).isEqualTo(histogram(1, 2, 3));
    assertThat(bytes(read)).isEqualTo(bytes(store));
  }

  @Test
  void whateverIsForgedNothingBreaks() {
    ChunkLog log = new ChunkLog(1 << 20);
    PayloadReader reader = new PayloadReader(log);
    SplittableRandom random = new SplittableRandom(5);
    for (int round = 0; round < 3000; round++) {
      byte[] bytes = EncodedHistogram.of(histogram(round, 1, 2, 3)).bytes().clone();
      for (int i = random.nextInt(4); i >= 0; i--) {
        bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
      }
      PayloadKind kind = random.nextInt(9) == 0 ? PayloadKind.FLOAT : PayloadKind.HISTOGRAM;
      long address = log.appendPayload(kind, bytes, random.nextInt(bytes.length + 1));
      double[] values = {
        PayloadAddress.value(address),
        PayloadAddress.value(address + random.nextInt(50)),
        PayloadAddress.value(random.nextLong(1L << 48))
      };
      Samples raw = new Samples(new long[] {1, 2, 3}, values, 0, 3);
      assertThat(reader.resolve(raw, Long.MAX_VALUE).count()).isBetween(0, 3);
      assertThat(reader.resolve(raw, 0).count()).isBetween(0, 3);
    }
  }
}

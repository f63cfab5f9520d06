package dev.tocsin.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tocsin.model.histogram.Buckets;
import dev.tocsin.model.histogram.FloatHistogram;
import dev.tocsin.model.histogram.ResetHint;
import dev.tocsin.model.labels.Labels;
import dev.tocsin.model.names.SeriesNames;
import dev.tocsin.model.tenant.Tenant;
import dev.tocsin.store.chunk.ChunkLog;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import org.junit.jupiter.api.Test;

class FrozenStoreTest {
  private static final int SERIES_MAX = 8000;

  private final Store store =
      new Store(
          new StoreLimits(SERIES_MAX, 1 << 20), new SeriesNames(1), new ChunkLog(16 << 13, 13));
  private final RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(7);
  private long nextMs;

  private static FloatHistogram histogram(double sum) {
    Buckets buckets = new Buckets(new int[] {-1}, new int[] {2}, new double[] {1, sum});
    return new FloatHistogram(
        ResetHint.NOT_RESET, 3, 0.5, 1, 9, sum, buckets, Buckets.NONE, new double[0]);
  }

  private void addSeries(int count) {
    for (int i = 0; i < count; i++) {
      int number = store.seriesCount();
      Tenant tenant = number % 3 == 0 ? new Tenant("t" + number % 7) : Tenant.DEFAULT;
      int id = store.intern(tenant, Labels.of("i", "" + number, "n" + number % 5, "x"));
      if (id >= 0 && number % 4 != 0) { // the others have no sample yet
        store.append(id, nextMs++, number);
      }
    }
  }

  /// A run of samples of one series, so that windows fill, move and are sealed, and blocks go.
  private void appendSome() {
    int id = random.nextInt(store.seriesCount());
    int samples = 1 + random.nextInt(40);
    boolean histograms = id % 50 == 1;
    for (int i = 0; i < samples; i++) {
      if (histograms && random.nextInt(8) == 0) {
        store.appendHistogram(id, nextMs++, histogram(i));
      } else {
        store.append(id, nextMs++, random.nextBoolean() ? i : random.nextDouble());
      }
    }
    store.append(id, 0, 1); // not newer: counted
  }

  private void appendMuch(int runs) {
    for (int i = 0; i < runs; i++) {
      appendSome();
    }
  }

  private byte[] bytesNow() throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    store.writeTo(new DataOutputStream(bytes));
    return bytes.toByteArray();
  }

  private static byte[] bytes(FrozenStore frozen) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    frozen.writeTo(new DataOutputStream(bytes));
    return bytes.toByteArray();
  }

  @Test
  void whatComesBetweenIsNotWritten() throws IOException {
    addSeries(1000);
    appendMuch(3000);
    byte[] expected = bytesNow();
    long blocksDropped = store.stats().blocksDropped();
    try (FrozenStore frozen = store.freeze()) {
      addSeries(5000); // windows become smaller
      appendMuch(8000);
      addSeries(SERIES_MAX); // some are refused
      assertThat(bytes(frozen)).isEqualTo(expected);
    }
    assertThat(store.stats().blocksDropped()).isGreaterThan(blocksDropped);
    assertThat(store.stats().seriesRefused()).isPositive();
    assertThat(bytesNow()).isNotEqualTo(expected);
  }

  @Test
  void aSeriesThatGetsItsFirstSampleOrItsFirstHistogramIsWrittenAsItWas() throws IOException {
    addSeries(9);
    byte[] expected = bytesNow();
    try (FrozenStore frozen = store.freeze()) {
      store.append(0, nextMs++, 1);
      store.appendHistogram(4, nextMs++, histogram(1));
      store.appendHistogram(5, nextMs++, histogram(1));
      assertThat(bytes(frozen)).isEqualTo(expected);
    }
    assertThat(bytesNow()).as("it is another version now").startsWith(0x54, 0x53, 0x4d, 0x31);
    assertThat(bytesNow()[7]).isNotEqualTo(expected[7]);
  }

  @Test
  void whatComesWhileItIsWrittenIsNotWritten() throws IOException {
    addSeries(6000);
    appendMuch(9000);
    byte[] expected = bytesNow();
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    OutputStream interrupted =
        new OutputStream() {
          @Override
          public void write(int value) {
            bytes.write(value);
          }

          @Override
          public void write(byte[] from, int at, int count) {
            appendMuch(2000);
            bytes.write(from, at, count);
          }
        };
    try (FrozenStore frozen = store.freeze()) {
      frozen.writeTo(new DataOutputStream(interrupted));
    }
    assertThat(bytes.toByteArray()).isEqualTo(expected);
    assertThat(expected.length).as("many frames").isGreaterThan(10 << 16);
  }

  @Test
  void anotherThreadWritesWhatWasThereWhileThisOneGoesOn() throws Exception {
    addSeries(300);
    appendMuch(2000);
    long endNanos = System.nanoTime() + TimeUnit.SECONDS.toNanos(2);
    int moreThanOnce = 0;
    try (ExecutorService writer = Executors.newSingleThreadExecutor()) {
      while (System.nanoTime() < endNanos) {
        byte[] expected = bytesNow();
        try (FrozenStore frozen = store.freeze()) {
          Future<byte[]> written = writer.submit(() -> bytes(frozen));
          int runs = 0;
          while (!written.isDone()) {
            appendSome();
            runs++;
          }
          assertThat(written.get()).isEqualTo(expected);
          moreThanOnce += runs > 1 ? 1 : 0;
        }
        addSeries(1);
      }
    }
    assertThat(moreThanOnce).as("times that both were at work").isGreaterThan(10);
  }

  @Test
  void thereIsOneAtATimeUntilItIsClosed() {
    addSeries(1);
    FrozenStore first = store.freeze();
    assertThatThrownBy(store::freeze).isInstanceOf(IllegalStateException.class);
    first.close();
    FrozenStore second = store.freeze();
    first.close();
    assertThatThrownBy(store::freeze).as("closed twice").isInstanceOf(IllegalStateException.class);
    second.close();
  }

  @Test
  void itIsWrittenOnce() throws IOException {
    addSeries(1);
    try (FrozenStore frozen = store.freeze()) {
      bytes(frozen);
      assertThatThrownBy(() -> bytes(frozen)).isInstanceOf(IllegalStateException.class);
    }
  }
}

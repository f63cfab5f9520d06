package dev.tocsin.collect.remotewrite;

import static dev.tocsin.collect.remotewrite.WriteBody.join;
import static dev.tocsin.collect.remotewrite.WriteBody.labels;
import static dev.tocsin.collect.remotewrite.WriteBody.sample;
import static dev.tocsin.collect.remotewrite.WriteBody.series;
import static dev.tocsin.collect.remotewrite.WriteBody.snappy;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tocsin.collect.series.WriteResult;
import dev.tocsin.model.labels.Labels;
import dev.tocsin.model.tenant.Tenant;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class KnownSeriesTest {
  private final Receiver receiver = new Receiver(RemoteWriteLimits.DEFAULT, 64, 10_000);
  private final BodyDecoder decoder =
      new BodyDecoder(receiver.intake, Tenant.DEFAULT, 30_000, new Unkept());
  private long timeMs = Receiver.NOW_MS - 3_600_000;

  /// One request of these series; returns how many were the expected ones.
  private int request(int... series) {
    byte[][] all = new byte[series.length][];
    for (int i = 0; i < series.length; i++) {
      all[i] =
          series(
              labels("__name__", "m", "i", "i" + series[i], "x", "x".repeat(1 + series[i] % 7)),
              sample(++timeMs, series[i]));
    }
    byte[] content = join(all);
    assertThat(
            decoder.write(
                WriteMessage.V1, snappy(content), snappy(content).length, content.length, 1))
        .isInstanceOf(WriteResult.Written.class);
    return decoder.known().guessed();
  }

  @Test
  void theSecondTimeEverySeriesButTheFirstIsExpected() {
    assertThat(request(1, 2, 3, 4)).isZero();
    assertThat(request(1, 2, 3, 4)).isEqualTo(3);
  }

  @Test
  void anotherOrderIsLearnt() {
    request(1, 2, 3, 4);
    assertThat(request(3, 1, 4, 2)).isZero();
    assertThat(request(3, 1, 4, 2)).isEqualTo(3);
  }

  @Test
  void oneNewSeriesDoesNotSpoilTheRest() {
    request(1, 2, 3, 4, 5, 6);
    // Behind the new one the next is looked for; behind that all are expected again.
    assertThat(request(1, 2, 9, 3, 4, 5, 6)).isEqualTo(4);
    assertThat(request(1, 2, 9, 3, 4, 5, 6)).isEqualTo(6);
  }

  @Test
  void anotherDecoderKnowsWhatOneLearnt() {
    request(1, 2, 3, 4);
    BodyDecoder other = new BodyDecoder(receiver.intake, Tenant.DEFAULT, 30_000, new Unkept());
    byte[] content =
        join(
            series(labels("__name__", "m", "i", "i1", "x", "xx"), sample(++timeMs, 1)),
            series(labels("__name__", "m", "i", "i2", "x", "xxx"), sample(++timeMs, 2)));
    assertThat(
            other.write(
                WriteMessage.V1, snappy(content), snappy(content).length, content.length, 1))
        .isInstanceOf(WriteResult.Written.class);
    assertThat(other.known().guessed()).isEqualTo(1);
  }

  @Test
  void everySampleComesToItsSeries() {
    for (long seed = 0; seed < 30; seed++) {
      SplittableRandom random = new SplittableRandom(seed);
      for (int i = 0; i < 10; i++) {
        receiver.came.clear();
        int[] series = random.ints(1 + random.nextInt(50), 0, 80).toArray();
        request(series);
        List<Labels> sent = new ArrayList<>();
        for (int one : series) {
          String x = "x".repeat(1 + one % 7);
          sent.add(Labels.of("__name__", "m", "i", "i" + one, "x", x));
        }
        assertThat(receiver.came.stream().map(Receiver.Came::labels))
            .as("seed %d", seed)
            .isEqualTo(sent);
      }
    }
  }
}

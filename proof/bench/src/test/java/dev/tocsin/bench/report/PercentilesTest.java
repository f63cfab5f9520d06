package dev.tocsin.bench.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class PercentilesTest {
  @Test
  void theNearestRankIsAValueThatWasMeasured() {
    long[] values = LongStream.rangeClosed(1, 1000).map(i -> 1001 - i).toArray();
    assertThat(Percentiles.of(values)).isEqualTo(new Percentiles(500, 900, 990, 1000, 1000, 0));
    assertThat(Percentiles.of(new long[] {7})).isEqualTo(new Percentiles(7, 7, 7, 7, 1, 0));
    assertThat(Percentiles.of(new long[] {3, 1, 2}).p50()).isEqualTo(2);
  }

  @Test
  void whatWasLostIsTheLongestOfAll() {
    long[] values = LongStream.rangeClosed(1, 100).toArray();
    values[0] = Percentiles.NEVER;
    values[1] = Percentiles.NEVER;
    Percentiles percentiles = Percentiles.of(values);
    assertThat(percentiles.p90()).isEqualTo(92);
    assertThat(percentiles.p99()).isEqualTo(Percentiles.NEVER);
    assertThat(percentiles.lost()).isEqualTo(2);
  }

  @Test
  void theMedianRoundIsTakenForEachPercentileAndLossesAddUp() {
    Percentiles median =
        Percentiles.medianOf(
            List.of(
                new Percentiles(1, 30, 200, 500, 10, 1),
                new Percentiles(3, 10, 300, 600, 10, 0),
                new Percentiles(2, 20, 100, 400, 10, 2)));
    assertThat(median).isEqualTo(new Percentiles(2, 20, 200, 500, 30, 3));
  }
}

package dev.tocsin.promql.eval.number;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class SumsTest {
  private static double sum(double... terms) {
    NeumaierSum sum = new NeumaierSum();
    for (double term : terms) {
      sum.add(term);
    }
    return sum.total();
  }

  private static double mean(double... values) {
    RunningMean mean = new RunningMean(values[0]);
    for (int i = 1; i < values.length; i++) {
      mean.add(values[i]);
    }
    return mean.mean();
  }

  @Test
  void whatALargeTermSwallowsComesBack() {
    assertThat(sum(1, 1e100, 1, -1e100)).isEqualTo(2);
  }

  @Test
  void anInfiniteTermMakesAnInfiniteSum() {
    assertThat(sum(1, Double.POSITIVE_INFINITY, 1)).isEqualTo(Double.POSITIVE_INFINITY);
    assertThat(sum(Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY)).isNaN();
  }

  @Test
  void aMeanSurvivesTheOverflowOfItsSum() {
    double large = Double.MAX_VALUE;
    assertThat(mean(large, large, large)).isCloseTo(large, within(large * 1e-15));
    assertThat(mean(large, large, -large, -large)).isCloseTo(0, within(large * 1e-15));
  }

  @Test
  void aMeanIsExactForWholeNumbers() {
    assertThat(mean(1, 2, 3, 4)).isEqualTo(2.5);
    assertThat(mean(7)).isEqualTo(7);
  }
}

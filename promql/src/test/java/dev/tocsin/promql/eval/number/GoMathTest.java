package dev.tocsin.promql.eval.number;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class GoMathTest {
  private static final double INFINITY = Double.POSITIVE_INFINITY;

  @Test
  void oneToAnyPowerIsOne() {
    assertThat(GoMath.pow(1, Double.NaN)).isEqualTo(1);
    assertThat(GoMath.pow(-1, INFINITY)).isEqualTo(1);
    assertThat(GoMath.pow(2, 10)).isEqualTo(1024);
  }

  @Test
  void infinityBeatsNan() {
    assertThat(GoMath.max(INFINITY, Double.NaN)).isEqualTo(INFINITY);
    assertThat(GoMath.min(Double.NaN, -INFINITY)).isEqualTo(-INFINITY);
    assertThat(GoMath.max(1, Double.NaN)).isNaN();
  }

  @Test
  void logarithmsOfPowersAreWhole() {
    for (int i = -1074; i < 1024; i++) {
      assertThat(GoMath.log2(Math.scalb(1.0, i))).isEqualTo(i);
    }
    assertThat(GoMath.log10(1000)).isCloseTo(3, within(1e-15));
    assertThat(GoMath.log2(0)).isEqualTo(-INFINITY);
    assertThat(GoMath.log2(-1)).isNaN();
    assertThat(GoMath.log2(INFINITY)).isEqualTo(INFINITY);
  }

  @Test
  void hyperbolicFunctionsAreInfiniteWhereGoHasThemSo() {
    assertThat(GoMath.cosh(709.7)).isCloseTo(Math.cosh(709.7), within(1e295));
    assertThat(GoMath.cosh(-710)).isEqualTo(INFINITY);
    assertThat(GoMath.sinh(710)).isEqualTo(INFINITY);
    assertThat(GoMath.sinh(-710)).isEqualTo(-INFINITY);
    assertThat(GoMath.sinh(-2.5)).isEqualTo(Math.sinh(-2.5));
    assertThat(GoMath.cosh(Double.NaN)).isNaN();
  }

  @Test
  void areaFunctionsInvertTheHyperbolicOnes() {
    for (double x : new double[] {1e-9, 0.3, 1, 2.5, 20}) {
      assertThat(GoMath.asinh(Math.sinh(x))).isCloseTo(x, within(1e-14 * Math.max(1, x)));
      assertThat(GoMath.asinh(Math.sinh(-x))).isCloseTo(-x, within(1e-14 * Math.max(1, x)));
    }
    assertThat(GoMath.acosh(Math.cosh(2.5))).isCloseTo(2.5, within(1e-14));
    assertThat(GoMath.atanh(Math.tanh(0.7))).isCloseTo(0.7, within(1e-14));
    assertThat(GoMath.acosh(0.5)).isNaN();
    assertThat(GoMath.atanh(1)).isEqualTo(INFINITY);
  }

  @Test
  void halvesAreRoundedUp() {
    assertThat(GoMath.roundTo(-2.5, 1)).isEqualTo(-2);
    assertThat(GoMath.roundTo(2.5, 1)).isEqualTo(3);
    assertThat(GoMath.roundTo(2.37, 1 / 0.1)).isCloseTo(2.4, within(1e-15));
  }

  @Test
  void onlyWhatGoReadsIsANumber() {
    boolean[] ok = new boolean[1];
    assertThat(GoMath.parse("+Inf", ok)).isEqualTo(INFINITY);
    assertThat(GoMath.parse("1e3", ok)).isEqualTo(1000);
    assertThat(ok[0]).isTrue();
    for (String text : new String[] {"", "1f", " 1", "1 ", "Hello", "1d", "--1"}) {
      GoMath.parse(text, ok);
      assertThat(ok[0]).as(text).isFalse();
    }
  }
}

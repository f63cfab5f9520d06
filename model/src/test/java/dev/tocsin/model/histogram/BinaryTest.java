package dev.tocsin.model.histogram;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.junit.jupiter.api.Test;

class BinaryTest {
  @Test
  void powersOfTwoAreExact() {
    for (int i = -1074; i < 1024; i++) {
      assertThat(Binary.log2(Math.scalb(1.0, i))).isEqualTo(i);
      assertThat(Binary.exp2(i)).isEqualTo(Math.scalb(1.0, i));
    }
  }

  @Test
  void theGrowthOfTheFirstSchemasIsTheRootAsGoRoundsIt() {
    // The nearest number to the root of 2 is one more in the last place.
    assertThat(Binary.exp2(0.5)).isEqualTo(1.414213562373095).isNotEqualTo(Math.sqrt(2));
    assertThat(Binary.exp2(0.25)).isEqualTo(1.189207115002721);
    assertThat(Binary.exp2(0x1p-8)).isEqualTo(1.0027112750502025);
  }

  @Test
  void oneUndoesTheOther() {
    long seed = 7;
    Random random = new Random(seed);
    for (int i = 0; i < 10_000; i++) {
      double x = random.nextDouble() * 600 - 300;
      assertThat(Binary.log2(Binary.exp2(x))).as("seed %d", seed).isCloseTo(x, within(1e-13 * 300));
    }
  }

  @Test
  void whatIsNoNumberOrBeyondAllStaysSo() {
    assertThat(Binary.log2(Double.NaN)).isNaN();
    assertThat(Binary.log2(-1)).isNaN();
    assertThat(Binary.log2(-0.0)).isEqualTo(Double.NEGATIVE_INFINITY);
    assertThat(Binary.log2(Double.POSITIVE_INFINITY)).isEqualTo(Double.POSITIVE_INFINITY);
    assertThat(Binary.exp2(Double.NaN)).isNaN();
    assertThat(Binary.exp2(1024)).isInfinite();
    assertThat(Binary.exp2(-1075)).isZero();
    assertThat(Binary.exp2(Double.NEGATIVE_INFINITY)).isZero();
  }
}

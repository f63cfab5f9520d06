package dev.tocsin.model.histogram;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class BoundsTest {
  @Test
  void theBoundsAreTheOnesEverybodyHas() {
    assertThat(Bounds.exponential(1, 1)).isEqualTo(1.414213562373095);
    assertThat(Bounds.exponential(-1, 1)).isEqualTo(0.7071067811865475);
    assertThat(Bounds.exponential(-3, 2)).isEqualTo(0.5946035575013605);
    assertThat(Bounds.exponential(-1, 3)).isEqualTo(0.9170040432046711);
    assertThat(Bounds.exponential(-15, 4)).isEqualTo(0.5221368912137069);
    assertThat(Bounds.exponential(-17, 5)).isEqualTo(0.6919549409819159);
    assertThat(Bounds.exponential(-2, 6)).isEqualTo(0.9785720620876999);
    assertThat(Bounds.exponential(-127, 7)).isEqualTo(0.5027149505564014);
    assertThat(Bounds.exponential(-255, 8)).isEqualTo(0.5013556375251013);
    assertThat(Bounds.exponential(-1, 8)).isEqualTo(0.9972960560854698);
  }

  @Test
  void noneOfTheFinestBoundsEverChanges() {
    long hash = 0;
    for (int i = -256; i < 0; i++) {
      hash = 31 * hash + Double.doubleToRawLongBits(Bounds.exponential(i, 8));
    }
    assertThat(hash).isEqualTo(-5983382464228829601L);
  }

  @Test
  void aCoarserSchemaHasEveryOtherBound() {
    for (int schema = -3; schema <= 8; schema++) {
      for (int i = -100; i < 100; i++) {
        assertThat(Bounds.exponential(i, schema - 1)).isEqualTo(Bounds.exponential(2 * i, schema));
      }
    }
  }

  @Test
  void everyIndexIsInTheBucketOfTheCoarserSchemaThatHasItsBounds() {
    for (int i = -50; i < 50; i++) {
      for (int steps = 0; steps < 5; steps++) {
        int coarse = Bounds.coarser(i, steps);
        assertThat(Bounds.exponential(i, 4))
            .isGreaterThan(Bounds.exponential(coarse - 1, 4 - steps))
            .isLessThanOrEqualTo(Bounds.exponential(coarse, 4 - steps));
      }
    }
    assertThat(Bounds.coarser(5, 44)).isEqualTo(1);
    assertThat(Bounds.coarser(-5, 44)).isEqualTo(0);
  }

  @Test
  void theLastBucketEndsAtTheLargestNumberAndTheNextIsInfinite() {
    for (int schema = -4; schema <= 8; schema++) {
      int last = schema < 0 ? 1024 >> -schema : 1024 << schema;
      assertThat(Bounds.exponential(last, schema)).isEqualTo(Double.MAX_VALUE);
      assertThat(Bounds.exponential(last + 1, schema)).isInfinite();
    }
  }

  @Test
  void whatIsBelowTheSmallestNumberIsZero() {
    assertThat(Bounds.exponential(-1074, 0)).isEqualTo(Double.MIN_VALUE);
    assertThat(Bounds.exponential(-1075, 0)).isZero();
    assertThat(Bounds.exponential(Integer.MIN_VALUE, -4)).isZero();
    assertThat(Bounds.exponential(Integer.MAX_VALUE, -4)).isInfinite();
  }

  @Test
  void schemasNobodyKnowsDoNotFail() {
    for (int schema : new int[] {Integer.MIN_VALUE, -100, -9, 9, 52, 100, Integer.MAX_VALUE}) {
      assertThat(Bounds.exponential(0, schema)).isEqualTo(1);
      assertThat(Bounds.exponential(3, schema)).isGreaterThanOrEqualTo(1);
      assertThat(Bounds.exponential(-3, schema)).isLessThanOrEqualTo(1);
    }
  }
}

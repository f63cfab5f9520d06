package dev.tocsin.bench.load;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class LoadSeriesTest {
  @Test
  void seriesOfEveryKindHaveAsManyLabelsAsIsSaid() {
    LoadPlan plan = new LoadPlan(1, 10 * LoadPlan.FAMILY_SERIES, 0, "15s", 0, 1, 1, 1);
    for (int number = 0; number < plan.series(); number++) {
      assertThat(new LoadSeries(number).labels().size()).isEqualTo(plan.labels());
    }
  }
}

package dev.tocsin.promql.eval.window;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tocsin.promql.ast.Expr.WindowMode;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class WindowFunctionsTest {
  private static final double[] NONE = {};

  /// Samples every 15 s, the first at `firstMs`, in the range (0, 60 s].
  private static double apply(
      String function, WindowMode mode, long firstMs, double[] scalars, double... values) {
    long[] times = new long[values.length];
    for (int i = 0; i < times.length; i++) {
      times[i] = firstMs + i * 15_000L;
    }
    Window window = new Window(mode);
    window.aim(0, 60_000, 60_000);
    window.fill(times, values, 0, values.length);
    return Objects.requireNonNull(WindowFunctions.get(function)).apply(window, scalars);
  }

  private static double apply(String function, long firstMs, double... values) {
    return apply(function, WindowMode.PLAIN, firstMs, NONE, values);
  }

  @Test
  void anIncreaseIsExtrapolatedToTheWholeRange() {
    // 30 in 45 s, 5 s before the first and 10 s after the last: less than an interval.
    assertThat(apply("increase", 5_000, 100, 110, 120, 130)).isEqualTo(40);
    assertThat(apply("rate", 5_000, 100, 110, 120, 130)).isEqualTo(40.0 / 60);
  }

  @Test
  void aSeriesThatBeginsInTheRangeGetsHalfAnInterval() {
    // 10 in 15 s; 30 s before the first: half an interval is added; to the end 15 s.
    assertThat(apply("delta", 30_000, 110, 120)).isEqualTo(10.0 * (15 + 7.5 + 15) / 15);
  }

  @Test
  void aCounterIsNotExtrapolatedToBelowZero() {
    // From 2, growing 10 per 15 s, it was zero 3 s before the first sample.
    double factor = (45.0 + 45.0 * (2.0 / 30.0) + 10) / 45;
    assertThat(apply("increase", 5_000, 2, 12, 22, 32)).isEqualTo(30 * factor);
    assertThat(apply("delta", 5_000, 2, 12, 22, 32)).isEqualTo(40);
  }

  @Test
  void aResetAddsWhatWasThereBefore() {
    assertThat(apply("increase", 15_000, 100, 110, 5, 15))
        .isEqualTo((15 - 100 + 110) * (60 / 45.0));
    assertThat(apply("resets", 15_000, 100, 110, 5, 15)).isEqualTo(1);
    assertThat(apply("irate", 15_000, 100, 110, 5)).isEqualTo(5 / 15.0);
    assertThat(apply("idelta", 15_000, 100, 110, 5)).isEqualTo(-105);
  }

  @Test
  void oneSampleHasNoRate() {
    for (String function : new String[] {"rate", "increase", "delta", "irate", "idelta", "deriv"}) {
      assertThat(WindowFunction.isNone(apply(function, 15_000, 1))).as(function).isTrue();
    }
  }

  @Test
  void nanToNanIsNoChange() {
    assertThat(apply("changes", 0, 1, Double.NaN, Double.NaN, 2, 2)).isEqualTo(2);
  }

  @Test
  void nanLosesAgainstEveryNumber() {
    assertThat(apply("max_over_time", 0, Double.NaN, 1, 2)).isEqualTo(2);
    assertThat(apply("min_over_time", 0, 1, Double.NaN, 2)).isEqualTo(1);
    assertThat(apply("max_over_time", 0, Double.NaN)).isNaN();
    assertThat(apply("ts_of_max_over_time", 0, 2, 1, 2)).isEqualTo(30);
  }

  @Test
  void aLineIsContinued() {
    double[] ahead = {60};
    assertThat(apply("predict_linear", WindowMode.PLAIN, 15_000, ahead, 15, 30, 45, 60))
        .isEqualTo(120);
    assertThat(apply("deriv", 15_000, 15, 30, 45, 60)).isEqualTo(1);
    assertThat(apply("deriv", 15_000, 7, 7, 7)).isEqualTo(0);
    double infinity = Double.POSITIVE_INFINITY;
    assertThat(apply("deriv", 15_000, infinity, infinity)).isNaN();
  }

  @Test
  void spreadIsThatOfThePopulation() {
    assertThat(apply("stdvar_over_time", 0, 2, 4, 4, 4, 5, 5, 7, 9)).isEqualTo(4);
    assertThat(apply("stddev_over_time", 0, 2, 4, 4, 4, 5, 5, 7, 9)).isEqualTo(2);
  }

  @Test
  void anchoredStartsWithTheSampleBeforeTheRange() {
    double[] values = {10, 20, 30, 40, 50};
    assertThat(apply("increase", WindowMode.ANCHORED, -5_000, NONE, values)).isEqualTo(40);
    assertThat(apply("increase", WindowMode.ANCHORED, 5_000, NONE, 10, 20, 30)).isEqualTo(20);
  }

  @Test
  void smoothedMeetsTheEndsOfTheRangeOnALine() {
    assertThat(apply("delta", WindowMode.SMOOTHED, -7_500, NONE, 0, 10, 20, 30, 40, 50))
        .isEqualTo(40);
  }
}

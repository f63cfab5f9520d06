package dev.tocsin.promql.series;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tocsin.model.batch.StaleMarker;
import dev.tocsin.model.histogram.FloatHistogram;
import dev.tocsin.model.histogram.ResetHint;
import dev.tocsin.model.labels.Labels;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SeriesDescriptionTest {
  private static List<SeriesValue> values(String text) {
    return SeriesDescription.parse("m " + text).values();
  }

  private static List<Double> numbers(String text) {
    return values(text).stream().map(value -> ((SeriesValue.FloatValue) value).value()).toList();
  }

  private static SeriesValue.Histogram histogram(String text) {
    return (SeriesValue.Histogram) values(text).getFirst();
  }

  private static Labels labels(String text) {
    return SeriesDescription.parse(text).labels();
  }

  @Test
  void theLabelsAreThoseOfASelector() {
    assertThat(labels("up{job=\"a b\", x='}',} 1"))
        .isEqualTo(Labels.of("__name__", "up", "job", "a b", "x", "}"));
    assertThat(labels("a:b 1")).isEqualTo(Labels.of("__name__", "a:b"));
    assertThat(labels("{\"my.metric\", \"la-bel\"=`\\`} 1"))
        .isEqualTo(Labels.of("__name__", "my.metric", "la-bel", "\\"));
    assertThat(labels("{ }  1")).isEqualTo(Labels.empty());
    assertThat(labels("{}")).isEqualTo(Labels.empty());
    assertThat(labels("sum 3")).isEqualTo(Labels.of("__name__", "sum"));
  }

  @Test
  void aNumberIsRepeatedAndChanged() {
    assertThat(numbers("1 2x2 3+2x2 4-0.5x1 -1-1x1"))
        .containsExactly(1.0, 2.0, 2.0, 2.0, 3.0, 5.0, 7.0, 4.0, 3.5, -1.0, -2.0);
  }

  @Test
  void numbersHaveManySpellings() {
    assertThat(numbers("1_000 .5 1.5e3 1e-1 +2 017 Inf -inf NaN"))
        .containsExactly(
            1000.0,
            0.5,
            1500.0,
            0.1,
            2.0,
            15.0,
            Double.POSITIVE_INFINITY,
            Double.NEGATIVE_INFINITY,
            Double.NaN);
  }

  @Test
  void thereIsNoHexadecimalBecauseOfTheRepetition() {
    assertThat(numbers("0x3")).containsExactly(0.0, 0.0, 0.0, 0.0);
  }

  @Test
  void nothingAndTheStaleMarkerAreValues() {
    List<SeriesValue> values = values("_ stale _x2");
    assertThat(values).hasSize(4);
    assertThat(values.get(0)).isInstanceOf(SeriesValue.Omitted.class);
    assertThat(StaleMarker.is(((SeriesValue.FloatValue) values.get(1)).value())).isTrue();
    assertThat(values.get(3)).isInstanceOf(SeriesValue.Omitted.class);
  }

  @Test
  void aHistogramHasAllItsKeys() {
    FloatHistogram histogram =
        histogram(
                "{{schema:1 count:9 sum:-2.5 z_bucket:2 z_bucket_w:0.01 buckets:[1 2] offset:-3"
                    + " n_buckets:[4] n_offset:1 counter_reset_hint:gauge}}")
            .histogram();
    assertThat(histogram.schema()).isEqualTo(1);
    assertThat(histogram.count()).isEqualTo(9);
    assertThat(histogram.sum()).isEqualTo(-2.5);
    assertThat(histogram.zeroCount()).isEqualTo(2);
    assertThat(histogram.zeroThreshold()).isEqualTo(0.01);
    assertThat(histogram.positive().offsets()).containsExactly(-3);
    assertThat(histogram.positive().lengths()).containsExactly(2);
    assertThat(histogram.positive().counts()).containsExactly(1, 2);
    assertThat(histogram.negative().offsets()).containsExactly(1);
    assertThat(histogram.negative().counts()).containsExactly(4);
    assertThat(histogram.resetHint()).isEqualTo(ResetHint.GAUGE);
  }

  @Test
  void aHistogramMayHaveBoundsOfItsOwn() {
    FloatHistogram histogram =
        histogram("{{schema:-53 sum:NaN count:3 custom_values:[-1 2.5 Inf] buckets:[1 0 2]}}")
            .histogram();
    assertThat(histogram.usesCustomBounds()).isTrue();
    assertThat(histogram.customBounds()).containsExactly(-1, 2.5, Double.POSITIVE_INFINITY);
    assertThat(histogram.sum()).isNaN();
  }

  @Test
  void whetherTheHintWasWrittenIsKnown() {
    assertThat(histogram("{{count:1}}").hintGiven()).isFalse();
    assertThat(histogram("{{count:1 counter_reset_hint:unknown}}").hintGiven()).isTrue();
    assertThat(histogram("{{}}").histogram().count()).isZero();
  }

  @Test
  void histogramsAreRepeatedAddedAndSubtracted() {
    List<SeriesValue> same = values("{{count:2 buckets:[2]}}x2");
    assertThat(same).hasSize(3);
    List<SeriesValue> more = values("{{count:2 buckets:[2]}}+{{count:3 buckets:[1 2]}}x2");
    assertThat(counts(more)).containsExactly(2.0, 5.0, 8.0);
    List<SeriesValue> less = values("{{count:8 buckets:[8]}}-{{count:3 buckets:[3]}}x2");
    assertThat(counts(less)).containsExactly(8.0, 5.0, 2.0);
  }

  private static List<Double> counts(List<SeriesValue> values) {
    return values.stream()
        .map(value -> ((SeriesValue.Histogram) value).histogram().count())
        .toList();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "m 1x | 5 | is not a whole number",
        "m 1+2 | 6 | expected \"x\"",
        "m 1 stalex3 | 5 | \"stalex3\" is not a number",
        "m 5m | 3 | \"5m\" is not a number",
        "m 1__0 | 3 | \"1__0\" is not a number",
        "m 1x99999999 | 5 | 1000000 values at most",
        "m _x1000000 | 5 | 1000000 values at most",
        "m 1x99999999999 | 5 | is too large",
        "m{a=\"b\" 1 | 10 | expected \"}\"",
        "m{a~\"b\"} 1 | 4 | unexpected character inside braces: '~'",
        "m{a!=\"b\"} 1 | 1 | the label a needs \"=\"",
        "1 2 | 1 | no series starts like this",
        "m {{count:1 | 12 | expected a space or \"}}\"",
        "m {{cuont:1}} | 5 | \"cuont\" is unknown, expected one of schema",
        "m {{count:1 count:2}} | 13 | stands twice",
        "m {{schema:1.5}} | 13 | expected a space or",
        "m {{counter_reset_hint:maybe}} | 24 | \"maybe\" is no counter reset hint",
        "m {{buckets:[1 2}} | 17 | expected a space or \"]\"",
        "m {{schema:2 count:1}}+{{schema:1 count:1}}x2 | 24 | cannot merge from schema 1 to 2",
        "m 1 _5 | 6 | expected a space"
      })
  void whatIsWrongIsToldWithItsPlace(String text, int column, String reason) {
    assertThatThrownBy(() -> SeriesDescription.parse(text))
        .isInstanceOfSatisfying(
            SeriesSyntaxException.class,
            e -> {
              assertThat(e.getMessage()).contains(reason);
              assertThat(e.column()).isEqualTo(column);
            });
  }
}

package dev.tocsin.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.tocsin.model.alert.AlertEvent;
import dev.tocsin.model.batch.EncodedHistogram;
import dev.tocsin.model.batch.StaleMarker;
import dev.tocsin.model.histogram.Buckets;
import dev.tocsin.model.histogram.FloatHistogram;
import dev.tocsin.model.histogram.ResetHint;
import dev.tocsin.model.labels.Labels;
import dev.tocsin.model.tenant.Tenant;
import dev.tocsin.promql.data.Matcher;
import dev.tocsin.promql.data.SeriesData;
import dev.tocsin.promql.data.SeriesSource;
import dev.tocsin.promql.eval.EvalException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/// Native histograms from the input to queries, rules and alerts.
class HistogramTest {
  private final Stand stand = new Stand();

  static FloatHistogram histogram(double count) {
    Buckets buckets = new Buckets(new int[] {0}, new int[] {1}, new double[] {count});
    return new FloatHistogram(
        ResetHint.UNKNOWN, 0, 0, 0, count, count, buckets, Buckets.NONE, new double[0]);
  }

  private static FloatHistogram stale() {
    return histogram(0).withSum(StaleMarker.VALUE);
  }

  @Test
  void aQueryGivesTheHistogramThatCame() {
    stand.histogram(1000, histogram(3), "h", "a", "1");
    stand.sample(1000, 5, "h", "a", "2");
    List<String> both = List.of("h{a=\"1\"} {count:3, sum:3, (0.5,1]:3}", "h{a=\"2\"} 5.0");
    assertThat(stand.query("h", 1500)).isEqualTo(both);
    stand.restore();
    assertThat(stand.query("h", 1500)).isEqualTo(both);
  }

  @Test
  void rulesSeeFloatsAndHistogramsAlike() {
    stand.histogram(1000, histogram(3), "h");
    stand.sample(2000, 5, "h");
    stand.histogram(3000, histogram(4), "h");
    SeriesSource source = stand.engine.source(Tenant.DEFAULT);
    SeriesData data =
        source.select(List.of(Matcher.equal(Labels.METRIC_NAME, "h")), 0, 5000).getFirst();
    @Nullable FloatHistogram[] histograms = Objects.requireNonNull(data.histograms());
    assertThat(data.count()).isEqualTo(3);
    assertThat(histograms[data.from()]).isEqualTo(histogram(3));
    assertThat(histograms[data.from() + 1]).isNull();
    assertThat(data.values()[data.from() + 1]).isEqualTo(5);
    assertThat(histograms[data.from() + 2]).isEqualTo(histogram(4));
  }

  @Test
  void aRecordingRuleWritesItsHistogram() {
    stand.load(Stand.group("- record: copied\n  expr: h"));
    stand.histogram(9000, histogram(3), "h");
    stand.tick(10_000);
    assertThat(stand.query("copied", 10_000)).containsExactly("copied {count:3, sum:3, (0.5,1]:3}");
    stand.histogram(15_000, stale(), "h");
    stand.tick(20_000);
    assertThat(stand.query("h", 20_000)).isEmpty();
    assertThat(stand.query("copied", 20_000)).isEmpty();
    assertThat(stand.rule(0).health()).isEqualTo(Health.OK);
  }

  @Test
  void aHistogramThatContradictsItselfIsNotWritten() {
    stand.load(Stand.group("- record: negative\n  expr: h * -1"));
    stand.histogram(9000, histogram(3), "h");
    stand.tick(10_000);
    assertThat(stand.query("negative", 10_000)).isEmpty();
    assertThat(stand.rule(0).health()).isEqualTo(Health.ERROR);
    assertThat(stand.rule(0).lastError()).contains("negative");
    assertThat(stand.engine.store().seriesCount()).isEqualTo(1);
  }

  /// Its zero count is no number, where there has to be none.
  @Test
  void aHistogramOfOwnBoundsDividedByNoNumberIsNotWritten() {
    stand.load(Stand.group("- record: made\n  expr: h / NaN\n- record: other\n  expr: h"));
    Buckets buckets = new Buckets(new int[] {0}, new int[] {1}, new double[] {3});
    FloatHistogram own =
        new FloatHistogram(
            ResetHint.UNKNOWN, -53, 0, 0, 3, 3, buckets, Buckets.NONE, new double[] {1});
    stand.histogram(9000, own, "h");
    stand.tick(10_000);
    assertThat(stand.rule(0).health()).isEqualTo(Health.ERROR);
    assertThat(stand.rule(0).lastError()).contains("must have zero count of 0");
    assertThat(stand.rule(1).health()).isEqualTo(Health.OK);
  }

  @Test
  void anAlertMayHaveAHistogramForItsValue() {
    stand.load(
        Stand.group(
            """
            - alert: Slow
              expr: h
              annotations:
                plain: "{{ $value }} of {{ $value.Count }}"
                wrong: "{{ $value | humanize }}"
                asked: '{{ with query "h" }}{{ . | first | value }}{{ end }}'
            """));
    stand.histogram(9000, histogram(3), "h");
    AlertEvent event = stand.tick(10_000).getFirst();
    assertThat(event.kind()).isEqualTo(AlertEvent.Kind.FIRING);
    assertThat(event.value()).isZero();
    assertThat(event.annotations().get("plain")).isEqualTo("{count:3, sum:3, (0.5,1]:3} of 3");
    assertThat(event.annotations().get("asked")).isEqualTo("{count:3, sum:3, (0.5,1]:3}");
    assertThat(event.annotations().get("wrong"))
        .contains("can't convert *histogram.FloatHistogram to float");
    assertThat(event.evidence().series().getFirst().last()).isNotEmpty();
    stand.histogram(15_000, histogram(4), "h");
    stand.tick(20_000);
    stand.restore();
    stand.sample(25_000, StaleMarker.VALUE, "h");
    assertThat(stand.tick(30_000).getFirst().kind()).isEqualTo(AlertEvent.Kind.RESOLVED);
  }

  @Test
  void aZeroAfterAHistogramIsAnotherValue() {
    stand.load(Stand.group("- alert: Slow\n  expr: h\n  annotations: {is: '{{ $value }}'}"));
    stand.histogram(9000, histogram(3), "h");
    stand.tick(10_000);
    stand.sample(15_000, 0, "h");
    stand.tick(20_000);
    assertThat(stand.rule(0).alerts().getFirst().annotations().get("is")).isEqualTo("0");
  }

  @Test
  void theReferencesKnowTheLastHistogram() {
    stand.histogram(1000, histogram(3), "h");
    stand.sample(1000, 3, "f");
    stand.restore();
    List<Long> bits = new ArrayList<>();
    stand.engine.forEachReference((_, _, _, _, lastBits) -> bits.add(lastBits));
    assertThat(bits)
        .containsExactly(
            EncodedHistogram.of(histogram(3)).fingerprint(), Double.doubleToRawLongBits(3));
  }

  @Test
  void aQueryMayNotReadMoreThanItMay() {
    for (int i = 0; i < 100; i++) {
      stand.histogram(1000 + i, histogram(i), "h");
    }
    SeriesSource source = stand.engine.source(Tenant.DEFAULT, 500, () -> false);
    List<Matcher> all = List.of(Matcher.equal(Labels.METRIC_NAME, "h"));
    assertThat(source.select(all, 0, 1009)).hasSize(1);
    assertThatExceptionOfType(EvalException.class)
        .isThrownBy(() -> source.select(all, 0, 9999))
        .withMessageContaining("too many samples");
  }
}

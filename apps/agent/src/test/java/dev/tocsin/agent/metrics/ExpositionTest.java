package dev.tocsin.agent.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tocsin.model.labels.Labels;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class ExpositionTest {
  private static final List<MetricFamily> FAMILIES =
      List.of(
          MetricFamily.counter("a_total", "Says \"a\\b\".\nTwice.").add(3, "path", "c:\\\"x\"\n"),
          MetricFamily.gauge("b", "B.").add(Double.NaN).add(Double.POSITIVE_INFINITY, "x", "1"),
          MetricFamily.counter("odd", "A counter without the suffix.").add(1e300),
          new MetricFamily("h_seconds", MetricType.HISTOGRAM, "H.")
              .addHistogram(
                  Labels.of("s", "x"), new double[] {0.5, 1}, new long[] {1, 2}, 3, 4.25));

  private static String text(Exposition format) {
    return new String(format.write(FAMILIES), StandardCharsets.UTF_8);
  }

  @Test
  void theOlderTextFormat() {
    assertThat(text(Exposition.TEXT))
        .isEqualTo(
            """
            # HELP a_total Says "a\\\\b".\\nTwice.
            # TYPE a_total counter
            a_total{path="c:\\\\\\"x\\"\\n"} 3
            # HELP b B.
            # TYPE b gauge
            b NaN
            b{x="1"} +Inf
            # HELP odd A counter without the suffix.
            # TYPE odd counter
            odd 1e+300
            # HELP h_seconds H.
            # TYPE h_seconds histogram
            h_seconds_bucket{le="0.5",s="x"} 1
            h_seconds_bucket{le="1.0",s="x"} 2
            h_seconds_bucket{le="+Inf",s="x"} 3
            h_seconds_sum{s="x"} 4.25
            h_seconds_count{s="x"} 3
            """);
  }

  @Test
  void openMetricsNamesCountersWithoutTheirSuffixAndEnds() {
    String text = text(Exposition.OPEN_METRICS);
    assertThat(text)
        .contains("# HELP a Says \\\"a\\\\b\\\".\\nTwice.\n# TYPE a counter\na_total{")
        .contains("# TYPE odd unknown\n")
        .endsWith("# EOF\n");
  }

  @Test
  void theFormatIsTheOneTheScraperPrefers() {
    String prometheus =
        "application/openmetrics-text;version=1.0.0;q=0.5,text/plain;version=0.0.4;q=0.4,*/*;q=0.1";
    assertThat(Exposition.negotiate(prometheus)).isEqualTo(Exposition.OPEN_METRICS);
    assertThat(Exposition.negotiate("text/plain, application/openmetrics-text;q=0.5"))
        .isEqualTo(Exposition.TEXT);
    assertThat(Exposition.negotiate("")).isEqualTo(Exposition.TEXT);
    assertThat(Exposition.negotiate("text/html;q=x,*/*")).isEqualTo(Exposition.TEXT);
  }
}

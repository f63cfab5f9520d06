package dev.tocsin.agent.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tocsin.model.labels.Labels;
import dev.tocsin.promql.data.SeriesData;
import dev.tocsin.promql.feature.Features;
import dev.tocsin.world.net.HttpReply;
import dev.tocsin.world.time.Clock;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class QueryApiTest {
  private static final long NOW_MS = 100_000;
  private static final Clock CLOCK =
      new Clock() {
        @Override
        public long wallNanos() {
          return NOW_MS * 1_000_000;
        }

        @Override
        public long monotonicNanos() {
          return 0;
        }
      };

  /// Two series of one sample, whatever is asked for.
  private static final List<SeriesData> SERIES = List.of(series("a"), series("b"));

  private static SeriesData series(String job) {
    return new SeriesData(
        Labels.of("__name__", "up", "job", job), new long[] {99_000}, new double[] {1}, 0, 1);
  }

  private final Router router = router();

  private static Router router() {
    QueryApi api = api(new QueryLimits(100_000, 15_000, 1_000_000));
    return new Router()
        .add("GET POST", "/query", api::query)
        .add("GET POST", "/range", api::queryRange);
  }

  private static QueryApi api(QueryLimits limits) {
    return new QueryApi(
        new Queries(Features.NONE),
        _ -> (_, _, _) -> SERIES,
        CLOCK,
        1000,
        limits,
        new Turns(Runnable::run, CLOCK, Memory.ENOUGH));
  }

  private String ask(String pathAndQuery) throws IOException {
    HttpReply reply = router.handle(FakeRequest.get(pathAndQuery));
    return reply.status() + " " + new String(reply.content(), StandardCharsets.UTF_8);
  }

  @Test
  void theTimeIsNowWhereNoneIsGiven() throws IOException {
    assertThat(ask("/query?query=vector(1)"))
        .isEqualTo(
            "200 {\"status\":\"success\",\"data\":{\"resultType\":\"vector\","
                + "\"result\":[{\"metric\":{},\"value\":[100,\"1\"]}]}}");
  }

  @Test
  void aLimitIsAWarning() throws IOException {
    assertThat(ask("/query?query=up&limit=1"))
        .contains("\"job\":\"a\"")
        .doesNotContain("\"job\":\"b\"")
        .endsWith(",\"warnings\":[\"results truncated due to limit\"]}");
  }

  /// The statuses, types and texts are those of Prometheus 3.14.
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "/query | 400 | bad_data | parse error: no expression found in input",
        "/query?query=up+== | 400 | bad_data | 1:6: parse error: unexpected end of input",
        "/query?query=up&time=x | 400 | bad_data | cannot parse \\\"x\\\" to a valid timestamp",
        "/query?query=up&timeout=x | 400 | bad_data | cannot parse \\\"x\\\" to a valid duration",
        "/query?query=up&limit=x | 400 | bad_data | parsing \\\"x\\\": invalid syntax",
        "/query?query=up&limit=-1 | 400 | bad_data | \\\"limit\\\": limit must be non-negative",
        "/query?query=up&limit=99999999999999999999 | 400 | bad_data | value out of range",
        "/query?query=up&lookback_delta=x | 400 | bad_data | \"error parsing lookback delta dur",
        "/query?query=up&timeout=0 | 503 | timeout | query timed out in query execution",
        "/query?query=up*on()up | 422 | execution | many-to-many matching not allowed",
        "/range?query=up | 400 | bad_data | invalid parameter \\\"start\\\"",
        "/range?query=up&start=2&end=1&step=1 | 400 | bad_data | must not be before start time",
        "/range?query=up&start=0&end=1&step=0 | 400 | bad_data | zero or negative query resolution",
        "/range?query=up&start=0&end=11001&step=1 | 400 | bad_data | maximum resolution of 11,000",
        "/range?query=up[1m]&start=0&end=1&step=1 | 400 | bad_data | type \\\"range vector\\\" for",
        "/range?query=%22a%22&start=0&end=1&step=1 | 400 | bad_data | type \\\"string\\\" for range",
      })
  void mistakesAreToldAsPrometheusDoes(String path, int status, String type, String text)
      throws IOException {
    assertThat(ask(path))
        .startsWith(status + " {\"status\":\"error\",\"errorType\":\"" + type + "\",\"error\":\"")
        .contains(text);
  }

  private static String range(QueryLimits limits, String query) throws IOException {
    HttpReply reply =
        new Router().add("GET", "/range", api(limits)::queryRange).handle(FakeRequest.get(query));
    return reply.status() + " " + new String(reply.content(), StandardCharsets.UTF_8);
  }

  @Test
  void moreThanFitsIntoMemoryIsRefused() throws IOException {
    assertThat(
            range(new QueryLimits(100, 1000, 1_000_000), "/range?query=up&start=99&end=299&step=1"))
        .startsWith("422 ")
        .contains("\"execution\"", "too many samples into memory");
  }

  @Test
  void moreThanFitsIntoAnAnswerIsRefused() throws IOException {
    String query = "/range?query=vector(1)&start=0&end=20&step=1";
    assertThat(range(new QueryLimits(1000, 21, 1_000_000), query)).startsWith("200 ");
    assertThat(range(new QueryLimits(1000, 20, 1_000_000), query))
        .startsWith("422 ")
        .contains("the result has 21 points, the limit is 20");
  }

  @Test
  void anAnswerOfTooManyCharactersIsRefused() throws IOException {
    String query = "/range?query=up&start=99&end=99&step=1";
    assertThat(range(new QueryLimits(1000, 1000, 300), query)).startsWith("200 ");
    assertThat(range(new QueryLimits(1000, 1000, 100), query))
        .startsWith("422 ")
        .contains("longer than 100 characters");
  }

  @Test
  void theStatisticsCountSamples() throws IOException {
    assertThat(ask("/query?query=up%2Bup&stats=true"))
        .contains(",\"stats\":{\"timings\":{\"evalTotalTime\":0,", "\"execQueueTime\":0,")
        .contains("\"samples\":{\"totalQueryableSamples\":4,\"samplesRead\":4,\"peakSamples\":")
        .doesNotContain("PerStep", "warnings");
  }

  @Test
  void theStatisticsOfAllStepsAreToldWhereAsked() throws IOException {
    // The windows of three steps share their only sample.
    assertThat(ask("/range?query=max_over_time(up[10s])&start=99&end=101&step=1&stats=all"))
        .contains("\"totalQueryableSamplesPerStep\":[[99,2],[100,2],[101,2]]")
        .contains("\"totalQueryableSamples\":6,")
        .contains("\"samplesReadPerStep\":[[99,2],[100,0],[101,0]]")
        .contains("\"samplesRead\":2,");
  }

  @Test
  void otherStatisticsAreDeprecated() throws IOException {
    assertThat(ask("/query?query=up&stats=some"))
        .contains("\"stats\":{")
        .contains("\"warnings\":[\"value \\\"some\\\" for parameter \\\"stats\\\" is deprecated");
  }

  @Test
  void theLookbackCanBeShortened() throws IOException {
    assertThat(ask("/query?query=up&time=100")).contains("\"job\":\"a\"");
    assertThat(ask("/query?query=up&time=100&lookback_delta=0.5")).endsWith("\"result\":[]}}");
    assertThat(ask("/query?query=up&time=100&lookback_delta=0")).contains("\"job\":\"a\"");
  }

  @Test
  void elevenThousandStepsAreAllowed() throws IOException {
    assertThat(ask("/range?query=1&start=0&end=11000&step=1")).startsWith("200 ");
  }

  @Test
  void whatNestsTooDeeplyIsBadDataAndNoFailure() throws IOException {
    String deep = "abs(".repeat(20_000) + "1" + ")".repeat(20_000);
    String posted = "query=" + URLEncoder.encode(deep, StandardCharsets.UTF_8);
    HttpReply reply = router.handle(new FakeRequest("POST", "/query", "", posted));
    assertThat(reply.status()).isEqualTo(400);
    assertThat(new String(reply.content(), StandardCharsets.UTF_8)).contains("nests too deeply");
  }
}

package dev.tocsin.agent.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tocsin.model.labels.Labels;
import dev.tocsin.promql.data.SeriesData;
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
    QueryApi api =
        new QueryApi(() -> (_, _, _) -> SERIES, CLOCK, 1000, new QueryLimits(100_000, 15_000));
    return new Router()
        .add("GET POST", "/query", api::query)
        .add("GET POST", "/range", api::queryRange);
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

  /// The statuses, types and texts are those of Prometheus 2.42.
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "/query | 400 | bad_data | parse error: no expression found in input",
        "/query?query=up+== | 400 | bad_data | 1:6: parse error: unexpected end of input",
        "/query?query=up&time=x | 400 | bad_data | cannot parse \\\"x\\\" to a valid timestamp",
        "/query?query=up&timeout=x | 400 | bad_data | cannot parse \\\"x\\\" to a valid duration",
        "/query?query=up&limit=x | 400 | bad_data | must be a non-negative number",
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
    QueryApi api = new QueryApi(() -> (_, _, _) -> SERIES, CLOCK, 1000, limits);
    HttpReply reply =
        new Router().add("GET", "/range", api::queryRange).handle(FakeRequest.get(query));
    return reply.status() + " " + new String(reply.content(), StandardCharsets.UTF_8);
  }

  @Test
  void moreThanFitsIntoMemoryIsRefused() throws IOException {
    assertThat(range(new QueryLimits(100, 1000), "/range?query=up&start=99&end=299&step=1"))
        .startsWith("422 ")
        .contains("\"execution\"", "too many samples into memory");
  }

  @Test
  void moreThanFitsIntoAnAnswerIsRefused() throws IOException {
    String query = "/range?query=vector(1)&start=0&end=20&step=1";
    assertThat(range(new QueryLimits(1000, 21), query)).startsWith("200 ");
    assertThat(range(new QueryLimits(1000, 20), query))
        .startsWith("422 ")
        .contains("the result has 21 points, the limit is 20");
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

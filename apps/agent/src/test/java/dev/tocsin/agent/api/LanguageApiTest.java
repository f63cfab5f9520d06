package dev.tocsin.agent.api;

import static org.assertj.core.api.Assertions.assertThat;

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

/// The texts are what Prometheus 3.14 answers.
class LanguageApiTest {
  private static final Clock CLOCK =
      new Clock() {
        @Override
        public long wallNanos() {
          return 0;
        }

        @Override
        public long monotonicNanos() {
          return 0;
        }
      };

  private final Router router = router(10_000_000);

  private static Router router(long charsMax) {
    LanguageApi api =
        new LanguageApi(
            new Queries(Features.of(List.of("promql-experimental-functions"))),
            new QueryLimits(1, 1, charsMax),
            new Turns(Runnable::run, CLOCK, Memory.ENOUGH));
    return new Router()
        .add("GET POST", "/format", api::format)
        .add("GET POST", "/parse", api::parse)
        .add("GET POST", "/exemplars", api::exemplars);
  }

  private String ask(String path, String query) throws IOException {
    return ask(router, path, query);
  }

  private static String ask(Router router, String path, String query) throws IOException {
    String encoded = URLEncoder.encode(query, StandardCharsets.UTF_8);
    HttpReply reply = router.handle(FakeRequest.get(path + "?query=" + encoded));
    return reply.status() + " " + new String(reply.content(), StandardCharsets.UTF_8);
  }

  private static String selector(String name) {
    return "{\"anchored\":false,\"matchers\":[{\"name\":\"__name__\",\"type\":\"=\",\"value\":\""
        + name
        + "\"}],\"name\":\""
        + name
        + "\",\"offset\":0,\"offsetExpr\":null,\"smoothed\":false,\"startOrEnd\":null,"
        + "\"timestamp\":null,\"type\":\"vectorSelector\"}";
  }

  @Test
  void queriesAreFormatted() throws IOException {
    assertThat(ask("/format", "a+b")).isEqualTo("200 {\"status\":\"success\",\"data\":\"a + b\"}");
    assertThat(ask("/format", ""))
        .isEqualTo(
            "400 {\"status\":\"error\",\"errorType\":\"bad_data\",\"error\":\"invalid parameter"
                + " \\\"query\\\": unknown position: parse error: no expression found in input\"}");
  }

  private void parses(String query, String data) throws IOException {
    assertThat(ask("/parse", query))
        .isEqualTo("200 {\"status\":\"success\",\"data\":" + data + "}");
  }

  @Test
  void operatorsAreTrees() throws IOException {
    parses(
        "a+on(x)group_left(y)b",
        "{\"bool\":false,\"lhs\":"
            + selector("a")
            + ",\"matching\":{\"card\":\"many-to-one\",\"fillValues\":{\"lhs\":null,\"rhs\":null},"
            + "\"include\":[\"y\"],\"labels\":[\"x\"],\"on\":true},\"op\":\"+\",\"rhs\":"
            + selector("b")
            + ",\"type\":\"binaryExpr\"}");
    parses(
        "-(a)>bool 1e21",
        "{\"bool\":true,\"lhs\":{\"expr\":{\"expr\":"
            + selector("a")
            + ",\"type\":\"parenExpr\"},\"op\":\"-\",\"type\":\"unaryExpr\"},\"matching\":null,"
            + "\"op\":\">\",\"rhs\":{\"type\":\"numberLiteral\",\"val\":\"1000000000000000000000\"},"
            + "\"type\":\"binaryExpr\"}");
  }

  @Test
  void callsAndAggregationsAreTrees() throws IOException {
    parses(
        "topk without(x)(2,round(a))",
        "{\"expr\":{\"args\":["
            + selector("a")
            + "],\"func\":{\"argTypes\":[\"vector\",\"scalar\"],\"name\":\"round\","
            + "\"returnType\":\"vector\",\"variadic\":1},\"type\":\"call\"},\"grouping\":[\"x\"],"
            + "\"op\":\"topk\",\"param\":{\"type\":\"numberLiteral\",\"val\":\"2\"},"
            + "\"type\":\"aggregation\",\"without\":true}");
    parses(
        "count_values(\"v\",a)",
        "{\"expr\":"
            + selector("a")
            + ",\"grouping\":[],\"op\":\"count_values\",\"param\":{\"type\":\"stringLiteral\","
            + "\"val\":\"v\"},\"type\":\"aggregation\",\"without\":false}");
  }

  @Test
  void rangesAndTimesAreMembers() throws IOException {
    parses(
        "a[5m] offset -1m",
        selector("a")
            .replace("\"offset\":0", "\"offset\":-60000")
            .replace("\"smoothed\"", "\"range\":300000,\"rangeExpr\":null,\"smoothed\"")
            .replace("vectorSelector", "matrixSelector"));
    parses(
        "a[1h:5m] @ end() offset 1s",
        "{\"expr\":"
            + selector("a")
            + ",\"offset\":1000,\"offsetExpr\":null,\"range\":3600000,\"rangeExpr\":null,"
            + "\"startOrEnd\":\"end\",\"step\":300000,\"stepExpr\":null,\"timestamp\":null,"
            + "\"type\":\"subquery\"}");
    parses("a @ 1.5", selector("a").replace("\"timestamp\":null", "\"timestamp\":1500"));
  }

  @Test
  void durationsThatAreComputedAreExpressions() throws IOException {
    parses(
        "a[(1m+step())*2]",
        selector("a")
            .replace(
                "\"smoothed\"",
                "\"range\":0,\"rangeExpr\":{\"lhs\":{\"lhs\":{\"duration\":true,"
                    + "\"type\":\"numberLiteral\",\"val\":\"60\"},\"op\":\"+\",\"rhs\":{\"lhs\":null,"
                    + "\"op\":\"step\",\"rhs\":null,\"type\":\"durationExpr\",\"wrapped\":false},"
                    + "\"type\":\"durationExpr\",\"wrapped\":true},\"op\":\"*\",\"rhs\":"
                    + "{\"duration\":false,\"type\":\"numberLiteral\",\"val\":\"2\"},"
                    + "\"type\":\"durationExpr\",\"wrapped\":false},\"smoothed\"")
            .replace("vectorSelector", "matrixSelector"));
  }

  @Test
  void theHighestTreeIsWritten() throws IOException {
    String nested = "abs(".repeat(120) + "a" + ")".repeat(120);
    assertThat(ask("/parse", nested)).startsWith("200 ");
    assertThat(ask("/parse", "a" + "+a".repeat(498))).startsWith("200 ");
  }

  @Test
  void aTreeOfTooManyCharactersIsRefused() throws IOException {
    assertThat(ask(router(100), "/parse", "a+b+c")).startsWith("422 ").contains("longer than 100");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "up | 200 {\"status\":\"success\",\"data\":[]}",
        "1 + vector(1) | 204 ",
        "sum(rate(a[5m])) | 200 {\"status\":\"success\",\"data\":[]}",
        "a{ | 400 {\"status\":\"error\",\"errorType\":\"bad_data\",\"error\":\"1:3: parse error:",
      })
  void exemplarsAreNone(String query, String answer) throws IOException {
    assertThat(ask("/exemplars", query)).startsWith(answer.strip());
  }

  @Test
  void aFeatureThatIsOnIsUnderstoodAndAnotherIsRefused() throws IOException {
    assertThat(ask("/format", "sort_by_label(x,\"a\")")).contains("success");
    assertThat(ask("/format", "rate(x[5m] smoothed)")).contains("bad_data");
  }
}

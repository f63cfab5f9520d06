package dev.tocsin.agent.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tocsin.engine.Engine;
import dev.tocsin.engine.EngineOptions;
import dev.tocsin.model.labels.Labels;
import dev.tocsin.model.tenant.Tenant;
import dev.tocsin.store.Store;
import dev.tocsin.store.StoreLimits;
import dev.tocsin.world.net.HttpReply;
import dev.tocsin.world.time.Clock;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SeriesApiTest {
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

  private final Engine engine = new Engine(EngineOptions.of(new StoreLimits(1000, 1 << 20)));
  private final Router router = router(new QueryLimits(1600, 1000, 10_000));

  private Router router(QueryLimits limits) {
    SeriesApi api =
        new SeriesApi(
            cancelled -> engine.search(Tenant.DEFAULT, cancelled),
            limits,
            new Turns(Runnable::run, CLOCK, Memory.ENOUGH));
    return new Router()
        .add("GET POST", "/series", api::series)
        .add("GET POST", "/labels", api::labels)
        .addNamed("GET", SeriesApi.VALUES_PREFIX, SeriesApi.VALUES_SUFFIX, api::values);
  }

  @BeforeEach
  void fill() {
    sample(100_000, "up", "job", "b");
    sample(200_000, "up", "job", "a");
    sample(300_000, "room.celsius", "house number", "7");
  }

  private void sample(long timeMs, String name, String label, String value) {
    Store store = engine.store();
    int id = store.intern(Tenant.DEFAULT, Labels.of("__name__", name, label, value));
    assertThat(store.append(id, timeMs, 1)).isTrue();
  }

  private String ask(String pathAndQuery) throws IOException {
    return ask(router, pathAndQuery);
  }

  private static String ask(Router router, String pathAndQuery) throws IOException {
    HttpReply reply = router.handle(FakeRequest.get(pathAndQuery));
    return reply.status() + " " + new String(reply.content(), StandardCharsets.UTF_8);
  }

  private static String success(String data) {
    return "200 {\"status\":\"success\",\"data\":" + data + "}";
  }

  private static final String UP_A = "{\"__name__\":\"up\",\"job\":\"a\"}";
  private static final String UP_B = "{\"__name__\":\"up\",\"job\":\"b\"}";
  private static final String ROOM = "{\"__name__\":\"room.celsius\",\"house number\":\"7\"}";

  @Test
  void seriesAreThoseOfAnySelectorAndSorted() throws IOException {
    assertThat(ask("/series?match[]=up")).isEqualTo(success("[" + UP_A + "," + UP_B + "]"));
    assertThat(ask("/series?match[]=up%7Bjob=%22b%22%7D&match[]=%7B%22room.celsius%22%7D"))
        .isEqualTo(success("[" + ROOM + "," + UP_B + "]"));
    assertThat(ask("/series?match[]=up&match[]=up"))
        .isEqualTo(success("[" + UP_A + "," + UP_B + "]"));
    assertThat(ask("/series?match[]=down")).isEqualTo(success("[]"));
  }

  @Test
  void seriesWithoutSamplesInTheTimeAreLeftOut() throws IOException {
    assertThat(ask("/series?match[]=up&start=150")).isEqualTo(success("[" + UP_A + "]"));
    assertThat(ask("/series?match[]=up&end=150")).isEqualTo(success("[" + UP_B + "]"));
    assertThat(ask("/series?match[]=up&start=120&end=180")).isEqualTo(success("[]"));
    assertThat(ask("/labels?start=250")).isEqualTo(success("[\"__name__\",\"house number\"]"));
    assertThat(ask("/api/v1/label/job/values?start=150")).isEqualTo(success("[\"a\"]"));
  }

  @Test
  void labelsAreThoseOfTheSeriesThatMatch() throws IOException {
    assertThat(ask("/labels")).isEqualTo(success("[\"__name__\",\"house number\",\"job\"]"));
    assertThat(ask("/labels?match[]=up")).isEqualTo(success("[\"__name__\",\"job\"]"));
    assertThat(ask("/labels?match[]=down")).isEqualTo(success("[]"));
  }

  @Test
  void valuesAreThoseOfTheSeriesThatMatch() throws IOException {
    assertThat(ask("/api/v1/label/job/values")).isEqualTo(success("[\"a\",\"b\"]"));
    assertThat(ask("/api/v1/label/job/values?match[]=up%7Bjob!=%22a%22%7D"))
        .isEqualTo(success("[\"b\"]"));
    assertThat(ask("/api/v1/label/nothing/values")).isEqualTo(success("[]"));
    assertThat(ask("/api/v1/label/U__house_20_number/values")).isEqualTo(success("[\"7\"]"));
  }

  @Test
  void aLimitIsAWarning() throws IOException {
    String warning = ",\"warnings\":[\"results truncated due to limit\"]}";
    assertThat(ask("/series?match[]=up&limit=1")).contains("\"job\"").endsWith("]" + warning);
    assertThat(ask("/series?match[]=up&limit=2")).doesNotContain("warnings");
    assertThat(ask("/labels?limit=1")).endsWith("[\"__name__\"]" + warning);
    assertThat(ask("/labels?limit=3")).doesNotContain("warnings");
    assertThat(ask("/api/v1/label/job/values?limit=1")).endsWith("[\"a\"]" + warning);
  }

  @Test
  void moreThanFitsIntoMemoryIsRefused() throws IOException {
    Router small = router(new QueryLimits(16, 1000, 10_000));
    assertThat(ask(small, "/series?match[]=up"))
        .startsWith("422 ")
        .contains("more than 1 series match");
    assertThat(ask(small, "/series?match[]=up&limit=1")).startsWith("200 ");
    assertThat(ask(router(new QueryLimits(160, 1000, 40)), "/series?match[]=up"))
        .startsWith("422 ")
        .contains("longer than 40 characters");
  }

  /// The statuses and texts are those of Prometheus.
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "/series | no match[] parameter provided",
        "/series?match[]={} | invalid parameter \\\"match[]\\\": match[] must contain at least one",
        "/series?match[]= | unknown position: parse error: unexpected end of input",
        "/series?match[]=up[5m] | invalid parameter \\\"match[]\\\": 1:3: parse error: unexpected \\\"[\\\"",
        "/series?match[]=up+offset+5m | 1:4: parse error: unexpected <offset>",
        "/series?match[]=1 | 1:1: parse error: unexpected number \\\"1\\\"",
        "/labels?match[]=up{ | \"1:4: parse error: unexpected end of input inside braces",
        "/labels?match[]={} | \"match[] must contain at least one non-empty matcher",
        "/labels?start=x | invalid parameter \\\"start\\\": invalid time value for 'start': cannot",
        "/api/v1/label/a/values?limit=x | invalid parameter \\\"limit\\\": strconv.Atoi: parsing",
      })
  void mistakesAreToldAsPrometheusDoes(String path, String text) throws IOException {
    assertThat(ask(path.replace("{", "%7B").replace("}", "%7D")))
        .startsWith("400 {\"status\":\"error\",\"errorType\":\"bad_data\",\"error\":\"")
        .contains(text);
  }
}

package dev.tocsin.agent.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tocsin.engine.Engine;
import dev.tocsin.engine.EngineOptions;
import dev.tocsin.model.labels.Labels;
import dev.tocsin.model.tenant.Tenant;
import dev.tocsin.store.StoreLimits;
import dev.tocsin.world.net.HttpReply;
import dev.tocsin.world.time.Clock;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class CardinalityApiTest {
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
  private final Router router =
      new Router()
          .add(
              "GET",
              "/tsdb",
              new CardinalityApi(
                      cancelled -> engine.search(Tenant.DEFAULT, cancelled),
                      new Turns(Runnable::run, CLOCK, Memory.ENOUGH))
                  ::status);

  private String ask(String pathAndQuery) throws IOException {
    HttpReply reply = router.handle(FakeRequest.get(pathAndQuery));
    return reply.status() + " " + new String(reply.content(), StandardCharsets.UTF_8);
  }

  private void sample(long timeMs, String name, String job) {
    int id = engine.store().intern(Tenant.DEFAULT, Labels.of("__name__", name, "job", job));
    assertThat(engine.store().append(id, timeMs, 1)).isTrue();
  }

  @Test
  void theMostFrequentComeFirst() throws IOException {
    sample(1000, "up", "a");
    sample(2000, "up", "b");
    sample(4000, "down", "a");
    assertThat(ask("/tsdb"))
        .isEqualTo(
            "200 {\"status\":\"success\",\"data\":{\"headStats\":{\"numSeries\":3,"
                + "\"numLabelPairs\":4,\"chunkCount\":0,\"minTime\":1000,\"maxTime\":4000},"
                + "\"seriesCountByMetricName\":[{\"name\":\"up\",\"value\":2},"
                + "{\"name\":\"down\",\"value\":1}],"
                + "\"labelValueCountByLabelName\":[{\"name\":\"__name__\",\"value\":2},"
                + "{\"name\":\"job\",\"value\":2}],"
                + "\"memoryInBytesByLabelName\":[{\"name\":\"__name__\",\"value\":6},"
                + "{\"name\":\"job\",\"value\":2}],"
                + "\"seriesCountByLabelValuePair\":[{\"name\":\"__name__=up\",\"value\":2},"
                + "{\"name\":\"job=a\",\"value\":2},{\"name\":\"__name__=down\",\"value\":1},"
                + "{\"name\":\"job=b\",\"value\":1}]}}");
    assertThat(ask("/tsdb?limit=1"))
        .contains("\"seriesCountByMetricName\":[{\"name\":\"up\",\"value\":2}]");
  }

  @Test
  void withoutSeriesTheTimesAreInsideOut() throws IOException {
    assertThat(ask("/tsdb"))
        .contains(
            "\"minTime\":9223372036854775807,\"maxTime\":-9223372036854775808",
            "\"seriesCountByMetricName\":[]");
  }

  @Test
  void aLimitIsWithinBounds() throws IOException {
    assertThat(ask("/tsdb?limit=0")).startsWith("400 ").contains("limit must be a positive number");
    assertThat(ask("/tsdb?limit=10001")).startsWith("400 ").contains("must not exceed 10000");
  }
}

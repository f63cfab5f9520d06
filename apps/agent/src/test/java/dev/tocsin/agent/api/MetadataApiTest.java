package dev.tocsin.agent.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tocsin.collect.host.MetricInfo;
import dev.tocsin.model.labels.Labels;
import dev.tocsin.world.net.HttpReply;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class MetadataApiTest {
  private final Router router =
      new Router()
          .add(
              "GET",
              "/metadata",
              new MetadataApi(
                      visitor -> {
                        visitor.metric(new MetricInfo("a", MetricInfo.Type.COUNTER, "Of a."));
                        visitor.sample(Labels.empty(), 1);
                        visitor.metric(new MetricInfo("b", MetricInfo.Type.UNTYPED, "Of b."));
                      })
                  ::metadata);

  private String ask(String pathAndQuery) throws IOException {
    HttpReply reply = router.handle(FakeRequest.get(pathAndQuery));
    return reply.status() + " " + new String(reply.content(), StandardCharsets.UTF_8);
  }

  private static final String A = "\"a\":[{\"type\":\"counter\",\"unit\":\"\",\"help\":\"Of a.\"}]";
  private static final String B = "\"b\":[{\"type\":\"unknown\",\"unit\":\"\",\"help\":\"Of b.\"}]";

  private static String success(String members) {
    return "200 {\"status\":\"success\",\"data\":{" + members + "}}";
  }

  @Test
  void allMetricsAreTold() throws IOException {
    assertThat(ask("/metadata")).isEqualTo(success(A + "," + B));
  }

  @Test
  void oneMetricOrSomeAreToldWhereAsked() throws IOException {
    assertThat(ask("/metadata?metric=b")).isEqualTo(success(B));
    assertThat(ask("/metadata?metric=c")).isEqualTo(success(""));
    assertThat(ask("/metadata?limit=1")).isEqualTo(success(A));
    assertThat(ask("/metadata?limit=0")).isEqualTo(success(""));
    assertThat(ask("/metadata?limit_per_metric=1")).isEqualTo(success(A + "," + B));
  }

  @Test
  void aLimitMustBeANumber() throws IOException {
    assertThat(ask("/metadata?limit=x"))
        .isEqualTo(
            "400 {\"status\":\"error\",\"errorType\":\"bad_data\",\"error\":\"limit must be a"
                + " number\"}");
    assertThat(ask("/metadata?limit_per_metric=x")).contains("limit_per_metric must be a number");
  }
}

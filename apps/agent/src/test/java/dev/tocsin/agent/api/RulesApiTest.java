package dev.tocsin.agent.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tocsin.engine.EngineView;
import dev.tocsin.engine.EngineView.Kind;
import dev.tocsin.engine.Health;
import dev.tocsin.model.alert.AlertState;
import dev.tocsin.model.alert.Evidence;
import dev.tocsin.model.labels.Labels;
import dev.tocsin.world.net.HttpReply;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class RulesApiTest {
  private static final String ALERT_JSON =
      "{\"labels\":{\"alertname\":\"A\",\"job\":\"x\"},\"annotations\":{\"s\":\"it is 0.25\"},"
          + "\"state\":\"firing\",\"activeAt\":\"1970-01-01T00:00:05.25Z\",\"value\":\"2.5e-01\"}";

  private final RulesApi api = new RulesApi(RulesApiTest::view);

  private static EngineView view() {
    EngineView.Alert alert =
        new EngineView.Alert(
            Labels.of("alertname", "A", "job", "x"),
            Labels.of("s", "it is 0.25"),
            AlertState.FIRING,
            0.25,
            5250,
            6000,
            0,
            Evidence.NONE);
    EngineView.Rule alerting =
        new EngineView.Rule(
            Kind.ALERTING,
            "A",
            "up > 0",
            1500,
            60_000,
            Labels.of("severity", "page"),
            Labels.of("s", "it is {{ $value }}"),
            Health.OK,
            "",
            7000,
            1_500_000,
            AlertState.FIRING,
            List.of(alert));
    EngineView.Rule recording =
        new EngineView.Rule(
            Kind.RECORDING,
            "a:b",
            "sum(up)",
            0,
            0,
            Labels.of(),
            Labels.of(),
            Health.ERROR,
            "it broke",
            0,
            0,
            AlertState.INACTIVE,
            List.of());
    EngineView.Group later =
        new EngineView.Group("f.yml", "b", 1000, 0, 0, 3, 7000, 2_000_000, 1, 0, List.of(alerting));
    EngineView.Group sooner =
        new EngineView.Group("f.yml", "a", 500, 0, 0, 0, 0, 0, 1, 0, List.of(recording));
    return new EngineView(List.of(later, sooner), "");
  }

  private String rules(String query) throws IOException {
    return text(api.rules(FakeRequest.get("/?" + query)));
  }

  private static String text(HttpReply reply) {
    return new String(reply.content(), StandardCharsets.UTF_8);
  }

  @Test
  void theMembersAreThoseOfPrometheusAndGroupsAreSorted() throws IOException {
    assertThat(rules(""))
        .isEqualTo(
            "{\"status\":\"success\",\"data\":{\"groups\":["
                + "{\"name\":\"a\",\"file\":\"f.yml\",\"rules\":["
                + "{\"name\":\"a:b\",\"query\":\"sum(up)\",\"labels\":{},\"health\":\"err\","
                + "\"lastError\":\"it broke\",\"evaluationTime\":0,"
                + "\"lastEvaluation\":\"0001-01-01T00:00:00Z\",\"type\":\"recording\"}],"
                + "\"interval\":0.5,\"limit\":0,\"evaluationTime\":0,"
                + "\"lastEvaluation\":\"0001-01-01T00:00:00Z\"},"
                + "{\"name\":\"b\",\"file\":\"f.yml\",\"rules\":["
                + "{\"state\":\"firing\",\"name\":\"A\",\"query\":\"up > 0\",\"duration\":1.5,"
                + "\"keepFiringFor\":60,\"labels\":{\"severity\":\"page\"},"
                + "\"annotations\":{\"s\":\"it is {{ $value }}\"},\"alerts\":["
                + ALERT_JSON
                + "],\"health\":\"ok\",\"evaluationTime\":0.0015,"
                + "\"lastEvaluation\":\"1970-01-01T00:00:07Z\",\"type\":\"alerting\"}],"
                + "\"interval\":1,\"limit\":3,\"evaluationTime\":0.002,"
                + "\"lastEvaluation\":\"1970-01-01T00:00:07Z\"}]}}");
  }

  @Test
  void alertsAreListedWithoutTheirRules() throws IOException {
    assertThat(text(api.alerts(FakeRequest.get("/"))))
        .isEqualTo("{\"status\":\"success\",\"data\":{\"alerts\":[" + ALERT_JSON + "]}}");
  }

  @Test
  void filtersNarrow() throws IOException {
    assertThat(rules("type=record")).contains("\"a:b\"").doesNotContain("\"A\"");
    assertThat(rules("type=ALERT")).contains("\"A\"").doesNotContain("\"a:b\"");
    assertThat(rules("rule_name[]=A")).contains("\"A\"").doesNotContain("\"a:b\"");
    assertThat(rules("rule_group[]=a")).contains("\"a:b\"").doesNotContain("\"A\"");
    assertThat(rules("file[]=g.yml")).endsWith("{\"groups\":[]}}");
    assertThat(rules("exclude_alerts=true")).contains("\"alerts\":[],").doesNotContain("activeAt");
  }
}

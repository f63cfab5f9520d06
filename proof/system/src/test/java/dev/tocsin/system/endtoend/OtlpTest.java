package dev.tocsin.system.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tocsin.bench.http.HttpAnswer;
import dev.tocsin.bench.http.HttpConnection;
import dev.tocsin.bench.peer.TocsinAgent;
import dev.tocsin.bench.webhook.WebhookReceiver;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// OTLP metrics through a running agent: to an alert, and over a kill.
class OtlpTest {
  private static String request(double celsius) {
    return """
    {"resourceMetrics": [{
      "resource": {"attributes": [
        {"key": "service.name", "value": {"stringValue": "house"}},
        {"key": "host.name", "value": {"stringValue": "h"}}]},
      "scopeMetrics": [{"metrics": [{"name": "room.celsius", "gauge": {"dataPoints": [
        {"asDouble": %s, "timeUnixNano": "%d000000",
         "attributes": [{"key": "room", "value": {"stringValue": "attic"}}]}]}}]}]}]}
    """
        .formatted(celsius, Instant.now().toEpochMilli());
  }

  private static HttpAnswer post(TocsinAgent agent, String path, String content) throws Exception {
    try (HttpConnection connection = HttpConnection.open(agent.address())) {
      byte[] body = content.getBytes(StandardCharsets.UTF_8);
      return connection.send("POST", path, Map.of("Content-Type", "application/json"), body);
    }
  }

  @Test
  void aPointRaisesAnAlertAndSurvivesAKill(@TempDir Path folder) throws Exception {
    try (WebhookReceiver receiver = WebhookReceiver.start();
        TocsinAgent agent = Given.rooms(folder, receiver).start()) {
      for (String path : List.of("/v1/metrics", "/api/v1/otlp/v1/metrics")) {
        assertThat(post(agent, path, request(31.5)).status()).as(path).isEqualTo(200);
      }
      receiver.await("firing", Given.SOON, m -> m.label("room").equals("attic"));
      agent.kill();
      agent.startAgain();
      assertThat(agent.query("room_celsius{job=\"house\", room=\"attic\"} == 31.5")).hasSize(1);
      assertThat(agent.query("target_info{job=\"house\", host_name=\"h\"}")).hasSize(1);
      assertThat(post(agent, "/v1/metrics", "{").status()).isEqualTo(400);
    }
  }
}

package dev.tocsin.system.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tocsin.bench.http.HttpAnswer;
import dev.tocsin.bench.http.HttpConnection;
import dev.tocsin.bench.peer.TocsinAgent;
import dev.tocsin.bench.webhook.WebhookMessage;
import dev.tocsin.bench.webhook.WebhookReceiver;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Texts that are pushed to a running agent, as scripts and batch jobs do it.
class PushTest {
  private static final String PATH = "/api/v1/import/prometheus";
  private static final Map<String, String> GZIP = Map.of("Content-Encoding", "gzip");

  private static HttpAnswer push(
      TocsinAgent agent, String method, String query, Map<String, String> headers, byte[] body)
      throws IOException {
    try (HttpConnection connection = HttpConnection.open(agent.address())) {
      return connection.send(method, PATH + query, headers, body);
    }
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static byte[] gzip(String text) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(out)) {
      gzip.write(bytes(text));
    }
    return out.toByteArray();
  }

  @Test
  void aPushedTextFiresAnAlertAndSurvivesAKill(@TempDir Path folder) throws Exception {
    try (WebhookReceiver receiver = WebhookReceiver.start();
        TocsinAgent agent = Given.rooms(folder, receiver).start().untilReady()) {
      HttpAnswer first =
          push(
              agent,
              "POST",
              "?extra_label=job=batch",
              Map.of(),
              bytes("# TYPE room_celsius gauge\nroom_celsius{room=\"lab\"} 31.5\n"));
      assertThat(first.status()).as(first.toString()).isEqualTo(204);
      WebhookMessage told = receiver.await("firing", Given.SOON, _ -> true);
      assertThat(told.label("room")).isEqualTo("lab");
      assertThat(told.label("job")).isEqualTo("batch");

      long second = Instant.now().getEpochSecond() - 5;
      String open = "{\"door.open\",\"café\"=\"x\"} 1 " + second + ".250\n# EOF\n";
      HttpAnswer put = push(agent, "PUT", "", GZIP, gzip(open));
      assertThat(put.status()).as(put.toString()).isEqualTo(204);

      agent.kill();
      agent.startAgain();
      assertThat(agent.query("room_celsius{job=\"batch\"} == 31.5")).hasSize(1);
      assertThat(agent.query("timestamp({\"door.open\",\"café\"=\"x\"}) == " + second + ".25"))
          .hasSize(1);
    }
  }

  @Test
  void whatTheAgentShowsOfItselfIsTakenInBothFormats(@TempDir Path folder) throws Exception {
    try (WebhookReceiver receiver = WebhookReceiver.start();
        TocsinAgent agent = Given.rooms(folder, receiver).start().untilReady()) {
      for (String format : List.of("text/plain", "application/openmetrics-text")) {
        HttpAnswer shown;
        try (HttpConnection connection = HttpConnection.open(agent.address())) {
          shown = connection.send("GET", "/metrics", Map.of("Accept", format), new byte[0]);
        }
        String type = shown.header("Content-Type");
        assertThat(type).startsWith(format);
        String query = "?extra_label=format=" + format.length();
        HttpAnswer taken = push(agent, "POST", query, Map.of("Content-Type", type), shown.body());
        assertThat(taken.status()).as(taken.toString()).isEqualTo(204);
        assertThat(agent.query("tocsin_samples_received_total{format=\"" + format.length() + "\"}"))
            .hasSize(1);
      }
    }
  }

  @Test
  void whatIsBrokenIsToldAndCounted(@TempDir Path folder) throws Exception {
    try (WebhookReceiver receiver = WebhookReceiver.start();
        TocsinAgent agent = Given.rooms(folder, receiver).start().untilReady()) {
      HttpAnswer some = push(agent, "POST", "", Map.of(), bytes("good 1\nbad one\nbad{ 2\n"));
      assertThat(some.status()).isEqualTo(400);
      assertThat(some.text())
          .isEqualTo(
              "2 of 3 samples were refused, the rest is written: 2 invalid_body (line 2, column 5:"
                  + " not a number)\n");
      assertThat(agent.query("good == 1")).hasSize(1);
      assertThat(agent.metric("tocsin_samples_refused_total", "reason=\"invalid_body\""))
          .isEqualTo(2);
      assertThat(push(agent, "POST", "", GZIP, bytes("good 2\n")).status()).isEqualTo(400);
      assertThat(push(agent, "POST", "", Map.of("Content-Encoding", "zstd"), gzip("a 1")).status())
          .isEqualTo(415);
      assertThat(push(agent, "DELETE", "", Map.of(), new byte[0]).status()).isEqualTo(405);
    }
  }
}

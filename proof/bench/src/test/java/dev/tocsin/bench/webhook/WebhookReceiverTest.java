package dev.tocsin.bench.webhook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tocsin.bench.http.HttpConnection;
import dev.tocsin.bench.http.Probe;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

class WebhookReceiverTest {
  private static final byte[] BODY =
      "{\"status\":\"firing\",\"alerts\":[{\"labels\":{\"alertname\":\"A\"}}]}"
          .getBytes(StandardCharsets.UTF_8);

  private static int post(HttpConnection connection) throws Exception {
    return connection.send("POST", "/alerts", Map.of("X-Tocsin-Delivery", "d1"), BODY).status();
  }

  @Test
  void messagesAreKeptWithTheirAnswer() throws Exception {
    try (WebhookReceiver receiver = WebhookReceiver.start();
        HttpConnection connection = HttpConnection.open(receiver.url())) {
      assertThat(post(connection)).isEqualTo(200);
      receiver.answerWith(503);
      assertThat(post(connection)).isEqualTo(503);
      assertThat(receiver.messages())
          .extracting(WebhookMessage::answered)
          .containsExactly(200, 503);
      WebhookMessage first = receiver.messages().getFirst();
      assertThat(first.delivery()).isEqualTo("d1");
      assertThat(first.label("alertname")).isEqualTo("A");
      assertThat(first.label("other")).isEmpty();
      assertThat(receiver.accepted(_ -> true)).containsExactly(first);
    }
  }

  @Test
  void itRefusesAndIsBackOnTheSamePort() {
    try (WebhookReceiver receiver = WebhookReceiver.start()) {
      receiver.refuse();
      assertThat(Probe.status(receiver.url(), "/")).isZero();
      receiver.listenAgain();
      assertThat(Probe.status(receiver.url(), "/")).isEqualTo(200);
      assertThat(receiver.messages()).isEmpty();
    }
  }

  @Test
  void waitingEndsWithWhatCame() {
    try (WebhookReceiver receiver = WebhookReceiver.start()) {
      assertThatThrownBy(() -> receiver.await("a page", Duration.ofMillis(1), _ -> true))
          .hasMessageContaining("a page")
          .hasMessageContaining("received: []");
    }
  }
}

package dev.tocsin.system.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tocsin.bench.peer.TocsinAgent;
import dev.tocsin.bench.process.Await;
import dev.tocsin.bench.webhook.WebhookMessage;
import dev.tocsin.bench.webhook.WebhookReceiver;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A receiver that is not there makes the agent unready by name, costs no alert, and is found
/// again.
class ReceiverDownTest {
  private static final Duration AFTER_A_PROBE = Duration.ofSeconds(45);

  @Test
  void theAlertIsToldOnceWhenTheReceiverIsBack(@TempDir Path folder) throws Exception {
    try (WebhookReceiver receiver = WebhookReceiver.start();
        TocsinAgent agent = Given.rooms(folder, receiver).start().untilReady()) {
      receiver.refuse();
      assertThat(Given.write(agent, Given.celsius("attic", 40)).status()).isEqualTo(204);
      Await.until("unready", Given.SOON, () -> agent.status("/healthz") == 503);
      assertThat(agent.get("/healthz").text()).contains("people").doesNotContain("\tat ");
      assertThat(agent.status("/-/ready")).isEqualTo(503);
      assertThat(agent.status("/-/healthy")).isEqualTo(200);
      assertThat(agent.data("/api/v1/alerts").get("alerts").list()).hasSize(1);

      receiver.listenAgain();
      WebhookMessage told = receiver.await("told", Given.SOON, _ -> true);
      assertThat(told.status()).isEqualTo("firing");
      assertThat(told.label("room")).isEqualTo("attic");
      assertThat(Integer.parseInt(told.header("X-Tocsin-Attempt"))).isGreaterThan(1);
      Await.until("ready", Given.SOON, () -> agent.status("/healthz") == 200);

      // What comes after it was told: nothing more of the first.
      assertThat(Given.write(agent, Given.celsius("kitchen", 40)).status()).isEqualTo(204);
      WebhookMessage _ =
          receiver.await(
              "the next alert", Given.SOON, message -> message.label("room").equals("kitchen"));
      assertThat(receiver.messages()).hasSize(2);
    }
  }

  @Test
  void aReceiverThatWasNeverThereIsToldOfAtTheStart(@TempDir Path folder) {
    WebhookReceiver receiver = WebhookReceiver.start();
    receiver.refuse();
    try (receiver;
        TocsinAgent agent = Given.rooms(folder, receiver).start()) {
      Await.until("unready", Given.SOON, () -> agent.status("/healthz") == 503);
      assertThat(agent.get("/healthz").text()).contains("people");
      assertThat(agent.status("/-/healthy")).isEqualTo(200);
      receiver.listenAgain();
      // It is asked again every 15 seconds, since there is nothing to tell it.
      Await.until("ready", AFTER_A_PROBE, () -> agent.status("/healthz") == 200);
    }
  }

  @Test
  void aSlowReceiverHoldsUpNobodyElse(@TempDir Path folder) throws Exception {
    try (WebhookReceiver receiver = WebhookReceiver.start();
        TocsinAgent agent = Given.rooms(folder, receiver).start().untilReady()) {
      receiver.answerAfter(3_000);
      assertThat(Given.write(agent, Given.celsius("attic", 40)).status()).isEqualTo(204);
      WebhookMessage _ = receiver.await("the first", Given.SOON, _ -> true);
      assertThat(Given.write(agent, Given.celsius("attic", 41)).status()).isEqualTo(204);
      assertThat(agent.query("room_celsius == 41")).hasSize(1);
      assertThat(agent.status("/healthz")).isEqualTo(200);
    }
  }
}

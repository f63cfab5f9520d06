package dev.tocsin.system.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tocsin.bench.peer.TocsinAgent;
import dev.tocsin.bench.webhook.WebhookMessage;
import dev.tocsin.bench.webhook.WebhookReceiver;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// SIGTERM, which `Ctrl-C` and every supervisor send something like.
class StopTest {
  /// Two seconds are promised; the rest is for machines that build beside the test.
  private static final Duration STOP_LIMIT = Duration.ofSeconds(4);

  @Test
  void nothingIsLeftBehindWhereAllWasTold(@TempDir Path folder) throws Exception {
    try (WebhookReceiver receiver = WebhookReceiver.start();
        TocsinAgent agent = Given.rooms(folder, receiver).start().untilReady()) {
      assertThat(Given.write(agent, Given.celsius("attic", 40)).status()).isEqualTo(204);
      WebhookMessage _ = receiver.await("told", Given.SOON, _ -> true);
      agent.run().terminate();
      int _ = agent.run().awaitExit(STOP_LIMIT);
      assertThat(agent.run().log()).contains("Stopped. Nothing was left behind.");
    }
  }

  @Test
  void aSyncIntervalIsNotWaitedFor(@TempDir Path folder) throws Exception {
    Given.theLauncherIsBuilt();
    String config = "host: {enabled: false}\njournal: {sync: interval, sync_interval: 1m}\n";
    try (TocsinAgent agent = TocsinAgent.Setup.in(folder).config(config).start().untilReady()) {
      assertThat(Given.write(agent, Given.celsius("attic", 20)).status()).isEqualTo(204);
      agent.run().terminate();
      int _ = agent.run().awaitExit(STOP_LIMIT);
      assertThat(agent.run().log()).contains("Stopped. Nothing was left behind.");
    }
  }

  @Test
  void whatNobodyHasAcceptedIsCountedAndToldAfterwards(@TempDir Path folder) throws Exception {
    try (WebhookReceiver receiver = WebhookReceiver.start();
        TocsinAgent agent = Given.rooms(folder, receiver).start().untilReady()) {
      receiver.answerWith(503);
      assertThat(Given.write(agent, Given.celsius("attic", 40)).status()).isEqualTo(204);
      WebhookMessage refused = receiver.await("an attempt", Given.SOON, _ -> true);
      agent.run().terminate();
      int _ = agent.run().awaitExit(STOP_LIMIT);
      assertThat(agent.run().log()).contains("Left for the next start: 1 notification");

      receiver.answerWith(200);
      agent.startAgain();
      WebhookMessage told =
          receiver.await("told", Given.SOON, message -> message.answered() == 200);
      assertThat(told.delivery()).isEqualTo(refused.delivery());
    }
  }

  @Test
  void idleConnectionsDoNotHoldItUp(@TempDir Path folder) throws Exception {
    try (WebhookReceiver receiver = WebhookReceiver.start();
        TocsinAgent agent = Given.rooms(folder, receiver).start().untilReady();
        Crowd crowd = Crowd.connect(agent.address(), 50)) {
      crowd.sendAll("GET /metrics HTTP/1.1\r\nHost: half");
      agent.run().terminate();
      int _ = agent.run().awaitExit(STOP_LIMIT);
      assertThat(agent.run().log()).contains("Stopped.");
    }
  }
}

package dev.tocsin.system.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tocsin.bench.json.Json;
import dev.tocsin.bench.peer.TocsinAgent;
import dev.tocsin.bench.process.Await;
import dev.tocsin.bench.remotewrite.RemoteWriteSender;
import dev.tocsin.bench.remotewrite.TimedSample;
import dev.tocsin.bench.webhook.WebhookMessage;
import dev.tocsin.bench.webhook.WebhookReceiver;
import dev.tocsin.model.labels.Labels;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What `kill -9` may not take: acknowledged samples, and alerts that nobody has accepted yet.
class KillNineTest {
  private static final int SENDERS = 4;
  private static final int SERIES = 10;
  private static final int ACKNOWLEDGED_MIN = 400;

  @Test
  void noAcknowledgedSampleIsMissing(@TempDir Path folder) throws Exception {
    killWhileSending(folder, 2);
  }

  @Test
  @Tag("deep")
  void noAcknowledgedSampleIsMissingAfterManyKills(@TempDir Path folder) throws Exception {
    killWhileSending(folder, 60);
  }

  private static void killWhileSending(Path folder, int kills) throws Exception {
    try (WebhookReceiver receiver = WebhookReceiver.start();
        TocsinAgent agent = Given.rooms(folder, receiver).start().untilReady();
        ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      Set<String> acknowledged = ConcurrentHashMap.newKeySet();
      for (int kill = 1; kill <= kills; kill++) {
        List<CompletableFuture<Void>> senders = new ArrayList<>();
        for (int s = 0; s < SENDERS; s++) {
          int sender = s;
          senders.add(CompletableFuture.runAsync(() -> send(agent, sender, acknowledged), threads));
        }
        int enough = acknowledged.size() + ACKNOWLEDGED_MIN;
        Await.until("enough answered 204", Given.SOON, () -> acknowledged.size() >= enough);
        agent.kill();
        senders.forEach(CompletableFuture::join);

        agent.startAgain();
        Set<String> missing = new HashSet<>(acknowledged);
        missing.removeAll(found(agent));
        assertThat(missing)
            .as("gone after kill " + kill + ", of " + acknowledged.size() + " acknowledged")
            .isEmpty();
      }
      // And all series can be asked for as a range, too.
      long nowSeconds = Instant.now().getEpochSecond() + 1;
      String range =
          "/api/v1/query_range?query=kept_value&step=1&start=%d&end=%d"
              .formatted(nowSeconds - 60, nowSeconds);
      assertThat(agent.data(range).get("result").list()).hasSize(SENDERS * SERIES);
    }
  }

  /// Sends until the connection breaks; notes what was answered 204.
  private static void send(TocsinAgent agent, int sender, Set<String> acknowledged) {
    Map<Integer, Long> lastMs = new HashMap<>();
    try (RemoteWriteSender writer = RemoteWriteSender.open(agent.writeAddress())) {
      for (int n = 0; ; n++) {
        List<TimedSample> batch = new ArrayList<>();
        for (int i = 0; i < SERIES; i++) {
          // Distinct in each series; also when the clock has not moved on since.
          long timeMs = Math.max(Instant.now().toEpochMilli(), lastMs.getOrDefault(i, 0L) + 1);
          lastMs.put(i, timeMs);
          String series = sender + "-" + i;
          Labels labels = Labels.of("__name__", "kept_value", "series", series);
          batch.add(new TimedSample(labels, timeMs, n));
        }
        if (writer.send(batch).status() == 204) {
          batch.forEach(
              sample ->
                  acknowledged.add(
                      key(sample.series().get("series"), sample.timeMs(), sample.value())));
        }
      }
    } catch (IOException e) {
      // The agent was killed.
    }
  }

  private static String key(String series, long timeMs, double value) {
    return series + " " + timeMs + " " + value;
  }

  private static Set<String> found(TocsinAgent agent) {
    Set<String> found = new HashSet<>();
    for (Json series : agent.query("kept_value[1h]")) {
      String name = series.get("metric").get("series").text();
      for (Json sample : series.get("values").list()) {
        long timeMs = Math.round(sample.list().get(0).number() * 1000);
        found.add(key(name, timeMs, sample.list().get(1).number()));
      }
    }
    return found;
  }

  @Test
  void anAlertThatNobodyAcceptedIsTheSameDeliveryAfterwards(@TempDir Path folder) throws Exception {
    try (WebhookReceiver receiver = WebhookReceiver.start();
        TocsinAgent agent = Given.rooms(folder, receiver).start().untilReady()) {
      receiver.answerWith(500);
      assertThat(Given.write(agent, Given.celsius("cellar", 40)).status()).isEqualTo(204);
      WebhookMessage refused = receiver.await("an attempt", Given.SOON, _ -> true);
      agent.kill();
      receiver.answerWith(200);
      agent.startAgain();
      WebhookMessage accepted =
          receiver.await("accepted", Given.SOON, message -> message.answered() == 200);
      assertThat(accepted.delivery()).isNotEmpty().isEqualTo(refused.delivery());
      assertThat(accepted.label("room")).isEqualTo("cellar");
    }
  }

  @Test
  void anAlertThatWasAcceptedIsNotToldAgain(@TempDir Path folder) throws Exception {
    try (WebhookReceiver receiver = WebhookReceiver.start();
        TocsinAgent agent = Given.rooms(folder, receiver).start().untilReady()) {
      assertThat(Given.write(agent, Given.celsius("cellar", 40)).status()).isEqualTo(204);
      WebhookMessage first = receiver.await("told", Given.SOON, _ -> true);
      // That it was accepted has to be on disk as well: the next answered write is behind it, once
      // the agent has read the receiver's answer.
      Await.until(
          "the answer was read",
          Given.SOON,
          () -> agent.get("/api/tocsin/v1/overview").text().contains("\"destination\":\"people\""));
      assertThat(Given.write(agent, Given.celsius("other", 10)).status()).isEqualTo(204);
      agent.kill();
      agent.startAgain();
      assertThat(Given.write(agent, Given.celsius("kitchen", 40)).status()).isEqualTo(204);
      WebhookMessage _ =
          receiver.await(
              "the next alert", Given.SOON, message -> message.label("room").equals("kitchen"));
      assertThat(receiver.accepted(message -> message.label("room").equals("cellar")))
          .extracting(WebhookMessage::delivery)
          .containsExactly(first.delivery());
    }
  }
}

package dev.tocsin.system.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tocsin.bench.json.Json;
import dev.tocsin.bench.peer.PeerProgram;
import dev.tocsin.bench.peer.PrometheusPeer;
import dev.tocsin.bench.peer.TocsinAgent;
import dev.tocsin.bench.process.Await;
import dev.tocsin.bench.webhook.WebhookMessage;
import dev.tocsin.bench.webhook.WebhookReceiver;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// From a program that Prometheus scrapes, by its remote write, to the people: through `kill -9`.
class AlertThreadTest {
  private static String prometheus(GaugeTarget target, TocsinAgent agent) {
    return """
    global: {scrape_interval: 200ms, scrape_timeout: 200ms}
    scrape_configs:
      - job_name: house
        static_configs: [{targets: ['%s'], labels: {floor: top}}]
    remote_write:
      - url: %s
        queue_config: {batch_send_deadline: 100ms, min_backoff: 50ms, max_backoff: 500ms}
    """
        .formatted(target.authority(), agent.writeAddress());
  }

  private static boolean isRoomHot(WebhookMessage message, String status) {
    return message.status().equals(status) && message.label("alertname").equals("RoomHot");
  }

  @Test
  void anAlertSurvivesKillNine(@TempDir Path folder, @TempDir Path peerFolder) throws Exception {
    Given.isInstalled(PeerProgram.PROMETHEUS);
    try (WebhookReceiver receiver = WebhookReceiver.start();
        GaugeTarget target = new GaugeTarget(20);
        TocsinAgent agent = Given.rooms(folder, receiver).start().untilReady();
        PrometheusPeer prometheus = PrometheusPeer.start(peerFolder, prometheus(target, agent))) {
      Await.until(
          "the gauge has come", Given.SOON, () -> agent.query("room_celsius == 20").size() == 1);
      assertThat(receiver.messages()).isEmpty();

      target.set(35.5);
      WebhookMessage firing =
          receiver.await("firing", Given.SOON, message -> isRoomHot(message, "firing"));
      assertFiring(firing, target);
      String activeAt = onlyAlert(agent).get("activeAt").text();

      agent.kill();
      agent.startAgain();
      Json restored = onlyAlert(agent);
      assertThat(restored.get("activeAt").text()).isEqualTo(activeAt);
      assertThat(restored.get("state").text()).isEqualTo("firing");

      // Prometheus sends on to the restarted agent by itself.
      target.set(20);
      WebhookMessage resolved =
          receiver.await("resolved", Given.SOON, message -> isRoomHot(message, "resolved"));
      assertThat(resolved.alerts().getFirst().get("startsAt"))
          .isEqualTo(firing.alerts().getFirst().get("startsAt"));
      assertThat(resolved.alerts().getFirst().get("labels"))
          .isEqualTo(firing.alerts().getFirst().get("labels"));
      Stream<String> firingDeliveries =
          receiver.accepted(message -> isRoomHot(message, "firing")).stream()
              .map(WebhookMessage::delivery);
      assertThat(firingDeliveries).as("told as one delivery").containsOnly(firing.delivery());
      assertThat(prometheus.run().isAlive()).isTrue();
    }
    assertThat(Files.isDirectory(folder.resolve("data"))).isTrue();
  }

  private static void assertFiring(WebhookMessage message, GaugeTarget target) {
    assertThat(message.alerts()).hasSize(1);
    Json alert = message.alerts().getFirst();
    assertThat(alert.get("labels").map())
        .containsOnlyKeys("alertname", "floor", "instance", "job", "room", "severity");
    assertThat(alert.get("labels").get("instance").text()).isEqualTo(target.authority());
    assertThat(alert.get("labels").get("job").text()).isEqualTo("house");
    assertThat(alert.get("labels").get("floor").text()).isEqualTo("top");
    assertThat(alert.get("labels").get("severity").text()).isEqualTo("page");
    assertThat(alert.get("annotations").get("summary").text())
        .isEqualTo("Room attic has 35.5 degrees.");
    assertThat(message.json().get("receiver").text()).isEqualTo("people");
    assertThat(message.json().get("version").text()).isEqualTo("4");
    assertThat(message.delivery()).isNotEmpty();
    assertThat(message.header("X-Tocsin-Attempt")).isEqualTo("1");
    List<Long> stages =
        Stream.of("Sample", "Received", "Applied", "Decided", "Handed")
            .map(stage -> Long.parseLong(message.header("X-Tocsin-" + stage + "-Time-Ns")))
            .toList();
    assertThat(stages).as("the stages in their order").isSorted();
    assertThat(message.arrivedNanos()).isGreaterThanOrEqualTo(stages.getLast());
  }

  private static Json onlyAlert(TocsinAgent agent) {
    List<Json> alerts = agent.data("/api/v1/alerts").get("alerts").list();
    assertThat(alerts).hasSize(1);
    return alerts.getFirst();
  }
}

package dev.tocsin.system.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tocsin.bench.http.Probe;
import dev.tocsin.bench.json.Json;
import dev.tocsin.bench.peer.AlertmanagerPeer;
import dev.tocsin.bench.peer.PeerProgram;
import dev.tocsin.bench.peer.TocsinAgent;
import dev.tocsin.bench.process.Await;
import dev.tocsin.bench.webhook.WebhookMessage;
import dev.tocsin.bench.webhook.WebhookReceiver;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A real Alertmanager is told by its API and tells on.
class AlertmanagerTest {
  private static String config(AlertmanagerPeer peer) {
    return """
    global: {external_labels: {site: home}}
    rule_files: [rules.yml]
    host: {enabled: false}
    alerting:
      alert_relabel_configs:
        - {source_labels: [room], target_label: place}
      alertmanagers:
        - static_configs: [{targets: ['%s']}]
    """
        .formatted(peer.address().getAuthority());
  }

  private static List<Json> alerts(AlertmanagerPeer peer) {
    return Json.parse(Probe.get(peer.address(), "/api/v2/alerts").text()).list();
  }

  @Test
  void itHasTheAlertUntilItResolves(@TempDir Path folder, @TempDir Path peerFolder)
      throws Exception {
    Given.isInstalled(PeerProgram.ALERTMANAGER);
    Given.theLauncherIsBuilt();
    try (WebhookReceiver receiver = WebhookReceiver.start();
        AlertmanagerPeer peer =
            AlertmanagerPeer.start(
                peerFolder,
                AlertmanagerPeer.oneByOne(receiver.url(), true)
                    .replace("group_interval: 5m", "group_interval: 1s"));
        TocsinAgent agent =
            TocsinAgent.Setup.in(folder)
                .file("rules.yml", Given.RULES)
                .config(config(peer))
                .start()
                .untilReady()) {
      assertThat(Given.write(agent, Given.celsius("attic", 40)).status()).isEqualTo(204);
      Await.until("the alert is there", Given.SOON, () -> alerts(peer).size() == 1);
      Json alert = alerts(peer).getFirst();
      Json labels = alert.get("labels");
      assertThat(labels.map()).containsOnlyKeys("alertname", "place", "room", "severity", "site");
      assertThat(labels.get("place").text()).isEqualTo("attic");
      assertThat(labels.get("site").text()).isEqualTo("home");
      assertThat(alert.get("annotations").get("summary").text())
          .isEqualTo("Room attic has 40 degrees.");
      assertThat(alert.get("generatorURL").text()).startsWith(agent.address().toString());
      WebhookMessage _ =
          receiver.await("Alertmanager tells", Given.SOON, m -> m.status().equals("firing"));

      assertThat(Given.write(agent, Given.celsius("attic", 10)).status()).isEqualTo(204);
      Await.until("the alert is gone", Given.SOON, () -> alerts(peer).isEmpty());
      WebhookMessage _ =
          receiver.await("the end is told", Given.SOON, m -> m.status().equals("resolved"));
    }
  }
}

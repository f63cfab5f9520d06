package dev.tocsin.bench.latency;

import dev.tocsin.bench.http.Probe;
import dev.tocsin.bench.json.Json;
import dev.tocsin.bench.peer.AlertmanagerPeer;
import dev.tocsin.bench.peer.PeerProgram;
import dev.tocsin.bench.peer.PrometheusPeer;
import dev.tocsin.bench.process.Await;
import dev.tocsin.bench.process.ProcessFigures;
import dev.tocsin.bench.webhook.WebhookReceiver;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/// Prometheus with Alertmanager, set to be as quick as they can.
///
/// @param ruleInterval of the measured group, as it is written in the rule file
public record PrometheusSubject(String ruleInterval) implements Subject {
  private static final Duration DISCOVERY_LIMIT = Duration.ofSeconds(30);

  public static boolean isInstalled() {
    return PeerProgram.PROMETHEUS.isInstalled() && PeerProgram.ALERTMANAGER.isInstalled();
  }

  @Override
  public String name() {
    return "Prometheus + Alertmanager";
  }

  @Override
  public List<String> description() {
    return List.of(
        PeerProgram.PROMETHEUS.version()
            + ", flags: `"
            + String.join(" ", PrometheusPeer.flags())
            + "`. The same rule file, nothing scraped, one static Alertmanager. A write is answered"
            + " before fsync. The measured group has `interval: "
            + ruleInterval
            + "`.",
        alertmanager());
  }

  static String alertmanager() {
    return PeerProgram.ALERTMANAGER.version()
        + ", flags: `--cluster.listen-address= --log.level=warn`. `group_by: ['...']`,"
        + " `group_wait: 0s`, so that each alert is told alone and at once; `group_interval: 5m`,"
        + " which delays no first notification, and a shorter one would only cost it time.";
  }

  @Override
  public Running start(Path folder, LatencyOptions options, WebhookReceiver receiver) {
    try {
      Files.writeString(folder.resolve("rules.yml"), options.rules(ruleInterval));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    AlertmanagerPeer alertmanager =
        AlertmanagerPeer.start(folder, AlertmanagerPeer.oneByOne(receiver.url(), false));
    PrometheusPeer prometheus = PrometheusPeer.start(folder, config(alertmanager));
    // Alerts decided before it has found its Alertmanager are told to nobody.
    Await.until(
        "Prometheus has found its Alertmanager",
        DISCOVERY_LIMIT,
        () -> hasAlertmanager(prometheus.address()));
    return new Started(prometheus, alertmanager);
  }

  private static String config(AlertmanagerPeer alertmanager) {
    return """
    rule_files: [rules.yml]
    alerting:
      alertmanagers:
        - static_configs: [{targets: ['%s']}]
    """
        .formatted(alertmanager.address().getAuthority());
  }

  private static boolean hasAlertmanager(URI prometheus) {
    Json data = Json.parse(Probe.get(prometheus, "/api/v1/alertmanagers").text()).get("data");
    return !data.get("activeAlertmanagers").list().isEmpty();
  }

  private record Started(PrometheusPeer prometheus, AlertmanagerPeer alertmanager)
      implements Running {
    @Override
    public URI writeAddress() {
      return prometheus.writeAddress();
    }

    @Override
    public URI alertsAddress() {
      return prometheus.address();
    }

    /// What it missed of its grid: more than none means that it did not keep up.
    @Override
    public String note() {
      double missed = 0;
      for (String line : Probe.get(prometheus.address(), "/metrics").text().lines().toList()) {
        if (line.startsWith("prometheus_rule_group_iterations_missed_total{")) {
          missed += Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1));
        }
      }
      return "iterations of groups missed since the start: %.0f".formatted(missed);
    }

    @Override
    public ProcessFigures figures() {
      return prometheus.run().figures().plus(alertmanager.run().figures());
    }

    @Override
    public void close() {
      prometheus.close();
      alertmanager.close();
    }
  }
}

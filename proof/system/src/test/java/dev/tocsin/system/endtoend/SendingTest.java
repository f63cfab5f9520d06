package dev.tocsin.system.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tocsin.bench.http.HttpAnswer;
import dev.tocsin.bench.http.Probe;
import dev.tocsin.bench.json.Json;
import dev.tocsin.bench.peer.PeerProgram;
import dev.tocsin.bench.peer.PrometheusPeer;
import dev.tocsin.bench.peer.TocsinAgent;
import dev.tocsin.bench.process.Await;
import dev.tocsin.bench.process.FreePort;
import dev.tocsin.bench.remotewrite.RemoteWriteSender;
import dev.tocsin.bench.remotewrite.TimedSample;
import dev.tocsin.model.labels.Labels;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Samples that come in are sent on to a real Prometheus, sample by sample the same.
class SendingTest {
  private static final String PEER_CONFIG = "global: {scrape_interval: 1h}\n";
  private static final int SERIES = 20;

  /// Prometheus's bits of a stale marker.
  private static final double STALE = Double.longBitsToDouble(0x7ff0000000000002L);

  private static TocsinAgent.Setup agent(Path folder, URI write, String more) {
    Given.theLauncherIsBuilt();
    String config =
        """
        global: {external_labels: {cluster: eu, zone: a}}
        host: {enabled: false}
        remote_write:
          - url: %s
            name: peer
            queue_config: {max_samples_per_send: 100, batch_send_deadline: 50ms, min_backoff: 50ms, max_backoff: 200ms}
        %s
        """
            .formatted(write, more.indent(4));
    return TocsinAgent.Setup.in(folder).config(config);
  }

  private static List<TimedSample> samples(int round, long timeMs) {
    List<TimedSample> all = new ArrayList<>();
    for (int i = 0; i < SERIES; i++) {
      // One has a label that the external ones must not change, one is dropped.
      Labels labels =
          i == 0
              ? Labels.of("__name__", "sent_value", "series", "0", "zone", "b")
              : Labels.of(
                  "__name__", i == 1 ? "unwanted" : "sent_value", "series", "" + i, "ü", "ß\n\"");
      double value =
          switch (round % 7) {
            case 0 -> -0.0;
            case 1 -> Double.POSITIVE_INFINITY;
            case 2 -> 0;
            default -> round * Math.PI + i;
          };
      all.add(new TimedSample(labels, timeMs, round % 10 == 9 && i == 2 ? STALE : value));
    }
    return all;
  }

  @Test
  void aRealPrometheusHasEverySample(@TempDir Path folder, @TempDir Path peerFolder)
      throws Exception {
    Given.isInstalled(PeerProgram.PROMETHEUS);
    String more =
        """
        write_relabel_configs:
          - {source_labels: [__name__], regex: unwanted, action: drop}
        """;
    try (PrometheusPeer peer = PrometheusPeer.start(peerFolder, PEER_CONFIG);
        TocsinAgent agent = agent(folder, peer.writeAddress(), more).start().untilReady();
        RemoteWriteSender writer = RemoteWriteSender.open(agent.writeAddress())) {
      long baseMs = Instant.now().toEpochMilli() - 60_000;
      for (int round = 0; round < 100; round++) {
        assertThat(writer.send(samples(round, baseMs + round * 500L)).status()).isEqualTo(204);
      }
      double all = 100 * (SERIES - 1);
      Await.until(
          "all is sent",
          Given.SOON,
          () -> agent.metric("tocsin_remote_storage_samples_total", "remote_name=\"peer\"") == all);
      Map<String, Json> ours = series(agent.address(), "{__name__=\"sent_value\"}[10m]");
      Map<String, Json> theirs = series(peer.address(), "{cluster=\"eu\"}[10m]");
      assertThat(theirs).hasSize(SERIES - 1).isEqualTo(ours);
      assertThat(series(peer.address(), "{zone=\"b\"}[10m]")).hasSize(1);
      assertThat(agent.metric("tocsin_remote_storage_samples_dropped_total", "relabel"))
          .isEqualTo(100);
      assertThat(agent.metric("tocsin_remote_storage_samples_failed_total", "")).isZero();
      assertThat(agent.metric("tocsin_remote_storage_samples_pending", "")).isZero();
      assertThat(agent.get("/healthz").text()).contains("\"sending to peer\"");
    }
  }

  @Test
  void nothingIsMissingAfterKillsOfBothSides(@TempDir Path folder, @TempDir Path peerFolder)
      throws Exception {
    Given.isInstalled(PeerProgram.PROMETHEUS);
    int port = FreePort.find();
    URI write = URI.create("http://127.0.0.1:" + port + "/api/v1/write");
    Set<Long> acknowledged = new HashSet<>();
    try (TocsinAgent agent = agent(folder, write, "").start().untilReady()) {
      try (PrometheusPeer _ = PrometheusPeer.start(peerFolder, PEER_CONFIG, port)) {
        writeAndKill(agent, acknowledged, 150);
        agent.startAgain();
        writeAndKill(agent, acknowledged, 150);
      }
      // The receiver is away now, and the agent is killed meanwhile.
      agent.startAgain();
      writeAndKill(agent, acknowledged, 150);
      agent.startAgain();
      try (PrometheusPeer peer = PrometheusPeer.start(peerFolder, PEER_CONFIG, port)) {
        Await.until("all is there", Given.SOON, () -> missing(peer, acknowledged).isEmpty());
        Map<String, Json> theirs = series(peer.address(), "sent_value{cluster=\"eu\"}[10m]");
        assertThat(theirs).hasSize(SERIES - 1);
        Map<String, Json> ours = series(agent.address(), "{__name__=\"sent_value\"}[10m]");
        assertThat(theirs).isEqualTo(ours);
      }
    }
    assertThat(acknowledged).hasSizeGreaterThanOrEqualTo(450);
  }

  /// Writes so often, and kills the agent at once.
  private static void writeAndKill(TocsinAgent agent, Set<Long> acknowledged, int rounds)
      throws IOException {
    try (RemoteWriteSender writer = RemoteWriteSender.open(agent.writeAddress())) {
      for (int round = 0; round < rounds; round++) {
        long timeMs = Instant.now().toEpochMilli();
        while (acknowledged.contains(timeMs)) {
          timeMs++;
        }
        assertThat(writer.send(samples(round, timeMs)).status()).isEqualTo(204);
        acknowledged.add(timeMs);
      }
    }
    agent.kill();
  }

  private static Set<Long> missing(PrometheusPeer peer, Set<Long> acknowledged) {
    Set<Long> missing = new HashSet<>(acknowledged);
    for (Json one : query(peer.address(), "sent_value{series=\"3\"}[10m]")) {
      for (Json sample : one.get("values").list()) {
        missing.remove(Math.round(sample.list().get(0).number() * 1000));
      }
    }
    return missing;
  }

  /// The samples of each series, by the labels that the sender did not add.
  private static Map<String, Json> series(URI server, String expression) {
    Map<String, Json> all = new TreeMap<>();
    for (Json series : query(server, expression)) {
      Map<String, Json> labels = new TreeMap<>(series.get("metric").map());
      labels.remove("cluster");
      labels.remove("zone");
      all.put(labels.toString(), series.get("values"));
    }
    return all;
  }

  private static List<Json> query(URI server, String expression) {
    String encoded = URLEncoder.encode(expression, StandardCharsets.UTF_8);
    HttpAnswer answer = Probe.get(server, "/api/v1/query?query=" + encoded);
    assertThat(answer.status()).as(answer.text()).isEqualTo(200);
    return Json.parse(answer.text()).get("data").get("result").list();
  }
}

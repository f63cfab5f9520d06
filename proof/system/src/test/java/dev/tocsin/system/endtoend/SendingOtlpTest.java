package dev.tocsin.system.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tocsin.bench.http.Probe;
import dev.tocsin.bench.json.Json;
import dev.tocsin.bench.peer.PeerProgram;
import dev.tocsin.bench.peer.TocsinAgent;
import dev.tocsin.bench.process.Await;
import dev.tocsin.bench.process.FreePort;
import dev.tocsin.bench.process.ProcessRun;
import dev.tocsin.bench.remotewrite.RemoteWriteSender;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Samples are sent on by OTLP: floats to a VictoriaMetrics, native histograms too to another
/// agent.
class SendingOtlpTest {
  private static final int ROUNDS = SendingHistogramsTest.ROUNDS;

  private static TocsinAgent sender(Path folder, URI address) {
    String config =
        """
        host: {enabled: false}
        otlp_write:
          - url: %s
            name: o
            send_native_histograms: true
            queue_config: {max_samples_per_send: 70, batch_send_deadline: 50ms}
        """
            .formatted(address);
    return TocsinAgent.Setup.in(folder).config(config).start().untilReady();
  }

  private static void send(TocsinAgent agent) throws IOException {
    try (RemoteWriteSender writer = RemoteWriteSender.open(agent.writeAddress())) {
      long baseMs = Instant.now().toEpochMilli() - 60_000;
      for (int round = 0; round < ROUNDS; round++) {
        int status =
            writer.send(SendingHistogramsTest.samples(round, baseMs + round * 500L)).status();
        assertThat(status).isEqualTo(204);
      }
    }
    double all = ROUNDS * 15;
    Await.until(
        "all is sent",
        Given.SOON,
        () ->
            agent.metric("tocsin_remote_storage_samples_total", "")
                    + agent.metric("tocsin_remote_storage_samples_failed_total", "")
                >= all);
    assertThat(agent.metric("tocsin_remote_storage_samples_failed_total", ""))
        .as(agent.run().log())
        .isZero();
    assertThat(agent.metric("tocsin_remote_storage_histograms_total", "")).isEqualTo(ROUNDS * 10);
  }

  @Test
  void anotherAgentHasEverySample(@TempDir Path folder, @TempDir Path peerFolder) throws Exception {
    Given.theLauncherIsBuilt();
    String peerConfig = "host: {enabled: false}\n";
    try (TocsinAgent peer =
            TocsinAgent.Setup.in(peerFolder).config(peerConfig).start().untilReady();
        TocsinAgent agent = sender(folder, peer.address().resolve("/v1/metrics"))) {
      send(agent);
      String same = "{job=\"sent\", __name__!~\"sent_bounded.*\"}[10m]";
      Map<String, Json> ours = SendingHistogramsTest.series(agent.address(), same);
      Map<String, Json> theirs = SendingHistogramsTest.series(peer.address(), same);
      assertThat(ours).hasSize(10);
      assertThat(theirs.keySet()).isEqualTo(ours.keySet());
      ours.forEach((labels, one) -> assertThat(theirs.get(labels)).as(labels).isEqualTo(one));
      // One with custom bounds comes as a classic histogram: 0, 59 and 4 in its first buckets.
      for (Map.Entry<String, String> bucket :
          Map.of("0.5", "0", "1", "59", "2.5", "63", "+Inf", "63").entrySet()) {
        String expression =
            "last_over_time(sent_bounded_bucket{n=\"2\",le=~\"%s([.]0)?\"}[10m])"
                .formatted(bucket.getKey().replace("+", "[+]"));
        List<Json> found = peer.query(expression);
        assertThat(found).as(expression).hasSize(1);
        assertThat(found.getFirst().get("value").list().get(1).text())
            .as(expression)
            .isEqualTo(bucket.getValue());
      }
    }
  }

  @Test
  void aVictoriaMetricsHasEveryFloat(@TempDir Path folder, @TempDir Path peerFolder)
      throws Exception {
    Given.theLauncherIsBuilt();
    Given.isInstalled(PeerProgram.VICTORIA_METRICS);
    int port = FreePort.find();
    URI address = URI.create("http://127.0.0.1:" + port);
    List<String> command =
        List.of(
            PeerProgram.VICTORIA_METRICS.path().orElseThrow().toString(),
            "-storageDataPath=" + peerFolder.resolve("data"),
            "-httpListenAddr=127.0.0.1:" + port,
            "-search.latencyOffset=0s",
            "-search.disableCache");
    try (ProcessRun _ = ProcessRun.start(peerFolder, Map.of(), command)) {
      Await.until("it is ready", Given.SOON, () -> isReady(address));
      URI write = address.resolve("/opentelemetry/v1/metrics");
      try (TocsinAgent agent = sender(folder, write)) {
        send(agent);
        String floats = "{__name__=~\"sent_value|sent_things_total\"}[10m]";
        Map<String, List<Json>> ours = values(agent.address(), floats);
        assertThat(ours).hasSize(5);
        int count = count(ours);
        // It shows samples a while after it has taken them.
        Await.until("they can be seen", Given.SOON, () -> count(values(address, floats)) >= count);
        assertThat(values(address, floats)).isEqualTo(ours);
        String stale = "sent_value{n=\"0\"}";
        assertThat(SendingHistogramsTest.query(address, stale + "[10m]").toString())
            .as("the stale marker")
            .contains("NaN");
      }
    }
  }

  private static int count(Map<String, List<Json>> samples) {
    return samples.values().stream().mapToInt(List::size).sum();
  }

  private static boolean isReady(URI address) {
    try {
      return Probe.get(address, "/health").status() == 200;
    } catch (UncheckedIOException e) {
      return false;
    }
  }

  /// By the metric and the label `n`, without stale markers: the peer shows those as NaN.
  private static Map<String, List<Json>> values(URI server, String expression) {
    Map<String, List<Json>> all = new TreeMap<>();
    for (Json series : SendingHistogramsTest.query(server, expression)) {
      Json metric = series.get("metric");
      all.put(
          metric.get("__name__").text() + " " + metric.get("n").text(),
          series.get("values").list().stream()
              .filter(sample -> !sample.list().get(1).text().equals("NaN"))
              .toList());
    }
    return all;
  }
}

package dev.tocsin.system.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.tocsin.bench.http.HttpAnswer;
import dev.tocsin.bench.http.Probe;
import dev.tocsin.bench.json.Json;
import dev.tocsin.bench.peer.PeerProgram;
import dev.tocsin.bench.peer.PrometheusPeer;
import dev.tocsin.bench.peer.TocsinAgent;
import dev.tocsin.bench.process.Await;
import dev.tocsin.bench.remotewrite.RemoteWriteSender;
import dev.tocsin.bench.remotewrite.TimedSample;
import dev.tocsin.model.histogram.Buckets;
import dev.tocsin.model.histogram.FloatHistogram;
import dev.tocsin.model.histogram.ResetHint;
import dev.tocsin.model.labels.Labels;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Floats and native histograms are sent on to a Prometheus 3 in each of the formats, and are the
/// same there sample by sample. It is named by `TOCSIN_PROMETHEUS` (environment, or the property
/// `tocsin.prometheus`).
class SendingHistogramsTest {
  static final int ROUNDS = 60;
  private static final double STALE = Double.longBitsToDouble(0x7ff0000000000002L);
  private static final String ALL = "{job=\"sent\"}[10m]";

  private static Path program() {
    String named =
        System.getProperty(
            "tocsin.prometheus", System.getenv().getOrDefault("TOCSIN_PROMETHEUS", ""));
    assumeTrue(!named.isEmpty(), "TOCSIN_PROMETHEUS does not name a Prometheus 3");
    Path program = Path.of(named);
    assumeTrue(Files.isExecutable(program), named + " is no program");
    assumeTrue(PeerProgram.version(program).contains(" version 3."), "no Prometheus 3");
    return program;
  }

  static List<TimedSample> samples(int round, long timeMs) {
    List<TimedSample> all = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      String instance = "i" + i % 2;
      String name = i % 2 == 0 ? "sent_value" : "sent_things_total";
      double value = round == ROUNDS - 1 && i == 0 ? STALE : round * 1.5 + i;
      all.add(new TimedSample(labels(name, instance, i), timeMs, value));
      double[] counts = {round + i, 2, 0, 5};
      Buckets positive = new Buckets(new int[] {-3, 5}, new int[] {2, 2}, counts);
      Buckets negative =
          i == 3 ? new Buckets(new int[] {1}, new int[] {1}, new double[] {7}) : Buckets.NONE;
      double count = round + i + 7 + 3 + (i == 3 ? 7 : 0);
      FloatHistogram histogram =
          new FloatHistogram(
              ResetHint.UNKNOWN,
              2,
              0.01,
              3,
              count,
              17.5 + round,
              positive,
              negative,
              new double[0]);
      all.add(new TimedSample(labels("sent_seconds", instance, i), timeMs, 0, histogram));
      Buckets custom = new Buckets(new int[] {1}, new int[] {2}, new double[] {round, 4});
      FloatHistogram bounded =
          new FloatHistogram(
              ResetHint.UNKNOWN,
              FloatHistogram.CUSTOM_BOUNDS,
              0,
              0,
              round + 4,
              3,
              custom,
              Buckets.NONE,
              new double[] {0.5, 1, 2.5});
      all.add(new TimedSample(labels("sent_bounded", instance, i), timeMs, 0, bounded));
    }
    return all;
  }

  private static Labels labels(String name, String instance, int i) {
    return Labels.of("__name__", name, "job", "sent", "instance", instance, "n", "" + i);
  }

  private static void sendAndCompare(Path folder, Path peerFolder, String section)
      throws Exception {
    Path program = program();
    Given.theLauncherIsBuilt();
    List<String> flags = List.of("--enable-feature=native-histograms");
    String peerConfig = "global: {scrape_interval: 1h}\n";
    try (PrometheusPeer peer =
        PrometheusPeer.start(program.toString(), peerFolder, peerConfig, flags)) {
      String config =
          """
          host: {enabled: false}
          %s
              url: %s
              send_native_histograms: true
              queue_config: {max_samples_per_send: 70, batch_send_deadline: 50ms}
          """
              .formatted(section, peer.writeAddress());
      try (TocsinAgent agent = TocsinAgent.Setup.in(folder).config(config).start().untilReady();
          RemoteWriteSender writer = RemoteWriteSender.open(agent.writeAddress())) {
        long baseMs = Instant.now().toEpochMilli() - 60_000;
        for (int round = 0; round < ROUNDS; round++) {
          assertThat(writer.send(samples(round, baseMs + round * 500L)).status()).isEqualTo(204);
        }
        double all = ROUNDS * 15.0;
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
        assertThat(agent.metric("tocsin_remote_storage_histograms_total", ""))
            .isEqualTo(ROUNDS * 10);
        Map<String, Json> ours = series(agent.address(), ALL);
        Map<String, Json> theirs = series(peer.address(), ALL);
        assertThat(theirs.keySet()).isEqualTo(ours.keySet()).hasSizeGreaterThanOrEqualTo(10);
        ours.forEach((labels, one) -> assertThat(theirs.get(labels)).as(labels).isEqualTo(one));
      }
    }
  }

  @Test
  void byRemoteWrite1(@TempDir Path folder, @TempDir Path peerFolder) throws Exception {
    sendAndCompare(folder, peerFolder, "remote_write:\n  - name: one");
  }

  @Test
  void byRemoteWrite2(@TempDir Path folder, @TempDir Path peerFolder) throws Exception {
    String section = "remote_write:\n  - protobuf_message: io.prometheus.write.v2.Request";
    sendAndCompare(folder, peerFolder, section);
  }

  /// The samples of each series.
  static Map<String, Json> series(URI server, String expression) {
    Map<String, Json> all = new TreeMap<>();
    for (Json series : query(server, expression)) {
      Map<String, Json> rest = new TreeMap<>(series.map());
      rest.remove("metric");
      all.put(new TreeMap<>(series.get("metric").map()).toString(), new Json.Fields(rest));
    }
    return all;
  }

  static List<Json> query(URI server, String expression) {
    String encoded = URLEncoder.encode(expression, StandardCharsets.UTF_8);
    HttpAnswer answer = Probe.get(server, "/api/v1/query?query=" + encoded);
    assertThat(answer.status()).as(answer.text()).isEqualTo(200);
    return Json.parse(answer.text()).get("data").get("result").list();
  }
}

package dev.tocsin.system.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.tocsin.bench.http.HttpAnswer;
import dev.tocsin.bench.http.HttpConnection;
import dev.tocsin.bench.http.Probe;
import dev.tocsin.bench.json.Json;
import dev.tocsin.bench.peer.PeerProgram;
import dev.tocsin.bench.peer.PrometheusPeer;
import dev.tocsin.bench.peer.TocsinAgent;
import dev.tocsin.bench.process.Await;
import dev.tocsin.bench.process.FreePort;
import dev.tocsin.bench.remotewrite.TimedSample;
import dev.tocsin.bench.remotewrite.WriteRequestV2;
import dev.tocsin.bench.webhook.WebhookReceiver;
import dev.tocsin.model.labels.Labels;
import java.io.IOException;
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
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A Prometheus 3 scrapes itself and sends all of it by remote write 2.0, native histograms,
/// exemplars and metadata too; then both are asked for every sample. It is named by
/// `TOCSIN_PROMETHEUS` (environment, or the property `tocsin.prometheus`).
class RemoteWriteV2Test {
  private static final Pattern VERSION_3 = Pattern.compile(" version 3\\.(\\d+)");

  /// From this minor version on a configuration says it, and no flag.
  private static final int HISTOGRAMS_BY_CONFIGURATION = 9;

  private static final int SCRAPES = 15;

  /// One shard, so that what was scraped last comes last.
  private static String config(int port, boolean saysHistograms, URI write) {
    return """
    global: {scrape_interval: 200ms, scrape_timeout: 200ms}
    scrape_configs:
      - job_name: itself
        static_configs: [{targets: ['127.0.0.1:%d']}]
        %s
    remote_write:
      - url: %s
        protobuf_message: io.prometheus.write.v2.Request
        send_exemplars: true
        send_native_histograms: true
        queue_config: {max_shards: 1, batch_send_deadline: 100ms, min_backoff: 50ms}
    """
        .formatted(port, saysHistograms ? "scrape_native_histograms: true" : "", write);
  }

  @Test
  void everySampleOfARealSenderComes(@TempDir Path folder, @TempDir Path peerFolder)
      throws Exception {
    Path program = program();
    Matcher version = VERSION_3.matcher(PeerProgram.version(program));
    assumeTrue(version.find(), "no Prometheus 3");
    boolean saysHistograms = Integer.parseInt(version.group(1)) >= HISTOGRAMS_BY_CONFIGURATION;
    List<String> flags =
        List.of("--enable-feature=native-histograms,exemplar-storage,metadata-wal-records");
    int port = FreePort.find();
    try (WebhookReceiver receiver = WebhookReceiver.start();
        TocsinAgent agent = Given.rooms(folder, receiver).start().untilReady();
        PrometheusPeer peer =
            PrometheusPeer.start(
                program.toString(),
                peerFolder,
                config(port, saysHistograms, agent.writeAddress()),
                port,
                flags)) {
      String scrapes = "count_over_time(up{job=\"itself\"}[5m]) >= " + SCRAPES;
      Await.until("scrapes", Given.SOON, () -> !query(peer.address(), scrapes, 0).isEmpty());
      long untilMs = Instant.now().toEpochMilli();
      String later = "timestamp(up{job=\"itself\"}) > " + untilMs / 1000.0;
      Await.until("all was sent", Given.SOON, () -> !agent.query(later).isEmpty());

      Map<String, Json> theirs = samples(peer.address(), untilMs);
      Map<String, Json> ours = samples(agent.address(), untilMs);
      assertThat(theirs).hasSizeGreaterThan(100);
      assertThat(theirs.values()).as("native histograms").anyMatch(one -> one.has("histograms"));
      assertThat(ours.keySet()).isEqualTo(theirs.keySet());
      theirs.forEach((labels, one) -> assertThat(ours.get(labels)).as(labels).isEqualTo(one));
      assertAllIsWritten(peer);
      assertThat(agent.metric("tocsin_remote_write_unkept_total", "kind=\"metadata\""))
          .isPositive();
    }
  }

  @Test
  void answersSayHowMuchIsWritten(@TempDir Path folder) throws Exception {
    long now = Instant.now().toEpochMilli();
    Labels room = Labels.of("__name__", "room_celsius", "room", "attic");
    TimedSample first = new TimedSample(room, now, 20);
    try (WebhookReceiver receiver = WebhookReceiver.start();
        TocsinAgent agent = Given.rooms(folder, receiver).start().untilReady();
        HttpConnection connection = HttpConnection.open(agent.address())) {
      assertThat(said(connection, first)).isEqualTo("204 1 0 0");
      assertThat(said(connection, first)).as("sent again").isEqualTo("204 1 0 0");
      TimedSample nameless = new TimedSample(Labels.of("room", "attic"), now, 20);
      TimedSample older = new TimedSample(room, now - 1, 20);
      TimedSample hot = new TimedSample(room, now + 1, 40);
      assertThat(said(connection, nameless, older, hot)).isEqualTo("400 1 0 0");
      receiver.await("firing", Given.SOON, message -> message.status().equals("firing"));
    }
  }

  /// Status, samples, histograms and exemplars written, as the answer says them.
  private static String said(HttpConnection connection, TimedSample... samples) throws IOException {
    byte[] body = WriteRequestV2.body(List.of(samples));
    HttpAnswer answer = connection.send("POST", "/api/v1/write", WriteRequestV2.HEADERS, body);
    String said = Integer.toString(answer.status());
    for (String kind : List.of("Samples", "Histograms", "Exemplars")) {
      said += " " + answer.header("X-Prometheus-Remote-Write-" + kind + "-Written");
    }
    return said;
  }

  /// What the sender concludes from the headers of the answers.
  private static void assertAllIsWritten(PrometheusPeer peer) {
    for (String kind : List.of("samples", "histograms")) {
      String name = "prometheus_remote_storage_" + kind;
      assertThat(query(peer.address(), "sum(" + name + "_total) > 0", 0)).as(kind).hasSize(1);
      assertThat(query(peer.address(), "sum(" + name + "_failed_total) == 0", 0))
          .as(kind)
          .hasSize(1);
    }
  }

  private static Path program() {
    String named =
        System.getProperty(
            "tocsin.prometheus", System.getenv().getOrDefault("TOCSIN_PROMETHEUS", ""));
    assumeTrue(!named.isEmpty(), "TOCSIN_PROMETHEUS does not name a Prometheus 3");
    assumeTrue(Files.isExecutable(Path.of(named)), named + " is no program");
    return Path.of(named);
  }

  /// Every series of the last minute with its samples.
  private static Map<String, Json> samples(URI server, long timeMs) {
    Map<String, Json> all = new TreeMap<>();
    for (Json series : query(server, "{job=\"itself\"}[1m]", timeMs)) {
      all.put(new TreeMap<>(series.get("metric").map()).toString(), withoutMetric(series));
    }
    return all;
  }

  private static Json withoutMetric(Json series) {
    Map<String, Json> fields = new TreeMap<>(series.map());
    fields.remove("metric");
    return new Json.Fields(fields);
  }

  /// @param timeMs 0: now
  private static List<Json> query(URI server, String expression, long timeMs) {
    String path =
        "/api/v1/query?query="
            + URLEncoder.encode(expression, StandardCharsets.UTF_8)
            + (timeMs == 0 ? "" : "&time=" + timeMs / 1000.0);
    HttpAnswer answer = Probe.get(server, path);
    assertThat(answer.status()).as(path + ": " + answer.text()).isEqualTo(200);
    return new ArrayList<>(Json.parse(answer.text()).get("data").get("result").list());
  }
}

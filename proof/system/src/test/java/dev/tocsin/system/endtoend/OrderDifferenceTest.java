package dev.tocsin.system.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.tocsin.bench.http.HttpAnswer;
import dev.tocsin.bench.http.Probe;
import dev.tocsin.bench.json.Json;
import dev.tocsin.bench.peer.PeerProgram;
import dev.tocsin.bench.peer.PrometheusPeer;
import dev.tocsin.bench.peer.TocsinAgent;
import dev.tocsin.bench.remotewrite.RemoteWriteSender;
import dev.tocsin.bench.remotewrite.TimedSample;
import dev.tocsin.bench.webhook.WebhookReceiver;
import dev.tocsin.model.labels.Labels;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The same requests to an agent and to a real Prometheus: samples in order and out of it, sent
/// again, changed, and ahead of the clock. Both take the same samples and answer the same class of
/// status. Another Prometheus than the one in the path: `TOCSIN_PROMETHEUS`.
class OrderDifferenceTest {
  private static final int REQUESTS = 200;

  private static String program() {
    String given =
        System.getProperty(
            "tocsin.prometheus", System.getenv().getOrDefault("TOCSIN_PROMETHEUS", ""));
    if (given.isEmpty()) {
      Given.isInstalled(PeerProgram.PROMETHEUS);
      return "prometheus";
    }
    return given;
  }

  @Test
  void bothTakeTheSameSamples(@TempDir Path folder, @TempDir Path peerFolder) throws Exception {
    String program = program();
    try (WebhookReceiver receiver = WebhookReceiver.start();
        TocsinAgent agent = Given.rooms(folder, receiver).start().untilReady();
        PrometheusPeer peer = PrometheusPeer.start(program, peerFolder, "{}\n", List.of());
        RemoteWriteSender ours = RemoteWriteSender.open(agent.writeAddress());
        RemoteWriteSender theirs = RemoteWriteSender.open(peer.writeAddress())) {
      long seed = 11;
      RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
      long nowMs = Instant.now().toEpochMilli();
      List<String> wrong = new ArrayList<>();
      int refused = 0;
      for (int i = 0; i < REQUESTS; i++) {
        for (TimedSample sample : samples(random, nowMs - 600_000 + i * 1000L)) {
          HttpAnswer our = ours.send(List.of(sample));
          HttpAnswer their = theirs.send(List.of(sample));
          if (our.status() / 100 != their.status() / 100) {
            wrong.add("turn " + i + " " + sample + ": " + our + " and not " + their);
          }
          refused += our.status() == 400 ? 1 : 0;
        }
      }
      assertThat(wrong).as("seed %s", seed).isEmpty();
      assertThat(refused).isBetween(REQUESTS / 10, REQUESTS * 2);
      Map<String, String> expected = stored(peer.address(), nowMs);
      assertThat(stored(agent.address(), nowMs)).isEqualTo(expected).hasSize(5);
    }
  }

  /// One request each: Prometheus judges the samples of a request by what was there before it, and
  /// drops without a word what is out of order within it; the agent refuses that, too.
  private static List<TimedSample> samples(RandomGenerator random, long timeMs) {
    List<TimedSample> samples = new ArrayList<>();
    for (int series = 0; series < 5; series++) {
      if (random.nextInt(3) > 0) {
        Labels labels = Labels.of("__name__", "ordered", "series", "s" + series);
        long offMs =
            switch (random.nextInt(6)) {
              case 0 -> -1000L * random.nextInt(1, 4);
              case 1 -> -1000L;
              default -> 0;
            };
        double value = random.nextInt(4) == 0 ? random.nextInt(3) : (timeMs + offMs) / 1000 % 1000;
        samples.add(new TimedSample(labels, timeMs + offMs, value));
      }
    }
    return samples;
  }

  /// By series: every sample, time and value.
  private static Map<String, String> stored(URI address, long nowMs) {
    Map<String, String> all = new TreeMap<>();
    String query = URLEncoder.encode("ordered[30m]", StandardCharsets.UTF_8);
    HttpAnswer answer =
        Probe.get(address, "/api/v1/query?query=" + query + "&time=" + nowMs / 1000);
    for (Json one : Json.parse(answer.text()).get("data").get("result").list()) {
      all.put(one.get("metric").get("series").text(), one.get("values").toString());
    }
    return all;
  }

  @Test
  void whatIsFarAheadIsRefusedByBoth(@TempDir Path folder, @TempDir Path peerFolder)
      throws Exception {
    String program = program();
    assumeTrue(
        PeerProgram.version(Path.of(program)).contains(" version 3."),
        "Prometheus 2 takes samples of any time to come");
    try (WebhookReceiver receiver = WebhookReceiver.start();
        TocsinAgent agent = Given.rooms(folder, receiver).start().untilReady();
        PrometheusPeer peer = PrometheusPeer.start(program, peerFolder, "{}\n", List.of())) {
      for (long aheadMs : new long[] {500_000, 660_000, 3_600_000}) {
        Labels labels = Labels.of("__name__", "ahead", "by", "" + aheadMs);
        TimedSample sample = new TimedSample(labels, Instant.now().toEpochMilli() + aheadMs, 1);
        int our = status(agent.writeAddress(), sample);
        int their = status(peer.writeAddress(), sample);
        assertThat(our / 100).as("%s ms ahead", aheadMs).isEqualTo(their / 100);
        assertThat(our).isEqualTo(aheadMs > 600_000 ? 400 : 204);
      }
    }
  }

  private static int status(URI address, TimedSample sample) throws IOException {
    try (RemoteWriteSender sender = RemoteWriteSender.open(address)) {
      return sender.send(List.of(sample)).status();
    }
  }
}

package dev.tocsin.system.endtoend;

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
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The same data and the same requests give the same JSON as a real Prometheus does. The newest one
/// at hand is named by `TOCSIN_PROMETHEUS` (environment, or the property `tocsin.prometheus`).
class ApiDifferenceTest {
  private static final String CONFIG = "global: {evaluation_interval: 15s}\n";

  @Test
  void answersAreThoseOfTheInstalledPrometheus(@TempDir Path folder) throws Exception {
    Given.isInstalled(PeerProgram.PROMETHEUS);
    compare(PeerProgram.PROMETHEUS.path().orElseThrow(), folder);
  }

  @Test
  void answersAreThoseOfTheNamedPrometheus(@TempDir Path folder) throws Exception {
    String named =
        System.getProperty(
            "tocsin.prometheus", System.getenv().getOrDefault("TOCSIN_PROMETHEUS", ""));
    assumeTrue(!named.isEmpty(), "TOCSIN_PROMETHEUS does not name a program");
    assumeTrue(Files.isExecutable(Path.of(named)), named + " is no program");
    compare(Path.of(named), folder);
  }

  private static void compare(Path program, Path folder) throws Exception {
    Path peerFolder = Files.createDirectory(folder.resolve("peer"));
    int version = ApiRequests.majorVersion(program);
    List<String> flags = List.of("--enable-feature=promql-per-step-stats");
    try (WebhookReceiver receiver = WebhookReceiver.start();
        TocsinAgent agent = agent(folder, receiver).start().untilReady();
        PrometheusPeer peer = PrometheusPeer.start(program.toString(), peerFolder, CONFIG, flags)) {
      long baseMs = (Instant.now().toEpochMilli() / 60_000 - 10) * 60_000;
      for (List<TimedSample> batch : ApiRequests.samples(baseMs)) {
        send(agent.writeAddress(), batch);
        send(peer.writeAddress(), batch);
      }
      SoftAssertions all = new SoftAssertions();
      for (ApiRequests.Request request : ApiRequests.all(baseMs)) {
        if (request.since() <= version) {
          compare(all, request, agent.address(), peer.address(), version);
        }
      }
      all.assertAll();
    }
  }

  private static TocsinAgent.Setup agent(Path folder, WebhookReceiver receiver) {
    TocsinAgent.Setup rooms = Given.rooms(folder, receiver);
    return rooms.config(CONFIG + rooms.config().orElseThrow());
  }

  private static void send(URI address, List<TimedSample> samples) throws IOException {
    try (RemoteWriteSender sender = RemoteWriteSender.open(address)) {
      HttpAnswer answer = sender.send(samples);
      if (answer.status() / 100 != 2) {
        throw new IOException(address + " answered " + answer);
      }
    }
  }

  private static void compare(
      SoftAssertions all, ApiRequests.Request request, URI ours, URI theirs, int version) {
    HttpAnswer mine = Probe.get(ours, request.path());
    HttpAnswer other = Probe.get(theirs, request.path());
    all.assertThat(mine.status()).as("status of " + request.path()).isEqualTo(other.status());
    if (mine.status() == other.status() && !mine.text().isEmpty()) {
      all.assertThat(request.comparable(read(mine), version))
          .as(request.path())
          .isEqualTo(request.comparable(read(other), version));
    }
  }

  private static Json read(HttpAnswer answer) {
    return answer.header("Content-Type").startsWith("application/json")
        ? Json.parse(answer.text())
        : new Json.Fields(Map.of("text", new Json.Text(answer.text())));
  }
}

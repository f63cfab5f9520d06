package dev.tocsin.system.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.tocsin.bench.http.HttpAnswer;
import dev.tocsin.bench.json.Json;
import dev.tocsin.bench.peer.TocsinAgent;
import dev.tocsin.bench.process.Await;
import dev.tocsin.bench.process.ProcessRun;
import dev.tocsin.bench.remotewrite.RemoteWriteSender;
import dev.tocsin.bench.remotewrite.TimedSample;
import dev.tocsin.bench.webhook.WebhookReceiver;
import dev.tocsin.model.labels.Labels;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A real filesystem that is full. Skipped where this user may not mount one.
class SmallFilesystemTest {
  private static final Duration LIMIT = Duration.ofSeconds(10);

  /// More than one try, which is every five seconds.
  private static final Duration RECOVERS = Duration.ofSeconds(40);

  private static final int SERIES = 200;

  @TempDir Path folder;
  private Path data;
  private boolean mounted;
  private int round;
  private final Set<Integer> acknowledged = new HashSet<>();

  @BeforeEach
  void mount() throws IOException {
    Given.theLauncherIsBuilt();
    data = Files.createDirectory(folder.resolve("data"));
    assumeTrue(
        run("mount", "-t", "tmpfs", "-o", "size=8m", "tmpfs", data.toString()),
        "a small filesystem cannot be mounted: this test needs root");
    mounted = true;
  }

  @AfterEach
  void unmount() {
    if (mounted) {
      run("umount", "-l", data.toString());
    }
  }

  private boolean run(String... command) {
    try {
      return ProcessRun.start(folder, Map.of(), List.of(command)).awaitExit(LIMIT) == 0;
    } catch (java.io.UncheckedIOException e) {
      return false;
    }
  }

  /// Takes all space that is left.
  private void fill(Path ballast) throws IOException {
    try (OutputStream out = Files.newOutputStream(ballast)) {
      for (byte[] block = new byte[4096]; ; ) {
        out.write(block);
      }
    } catch (IOException e) {
      assertThat(e).hasMessageContaining("No space left");
    }
  }

  private HttpAnswer write(RemoteWriteSender sender) throws IOException {
    List<TimedSample> samples = new ArrayList<>();
    long timeMs = Instant.now().toEpochMilli();
    for (int i = 0; i < SERIES; i++) {
      samples.add(new TimedSample(Labels.of("__name__", "kept", "n", "" + i), timeMs, round));
    }
    HttpAnswer answer = sender.send(samples);
    if (answer.status() == 204) {
      acknowledged.add(round);
    }
    round++;
    return answer;
  }

  private static Set<Integer> found(TocsinAgent agent) {
    Set<Integer> found = new HashSet<>();
    for (Json series : agent.query("kept{n=\"17\"}[1h]")) {
      series.get("values").list().forEach(it -> found.add((int) it.list().get(1).number()));
    }
    return found;
  }

  @Test
  void aFullDiskPushesBackTellsAndIsOverByItself() throws Exception {
    try (WebhookReceiver receiver = WebhookReceiver.start();
        TocsinAgent agent = Given.rooms(folder, receiver).start().untilReady();
        RemoteWriteSender sender = RemoteWriteSender.open(agent.writeAddress())) {
      assertThat(write(sender).status()).isEqualTo(204);
      Path ballast = data.resolve("ballast");
      fill(ballast);
      HttpAnswer answer = write(sender);
      while (answer.status() == 204) {
        assertThat(round).isLessThan(5000);
        answer = write(sender);
      }
      assertThat(answer.status()).isEqualTo(503);
      assertThat(answer.headers()).containsKey("retry-after");
      assertThat(agent.get("/healthz").text()).contains("No space left");
      assertThat(agent.metric("tocsin_journal_up", "")).isZero();

      // An alert leaves all the same.
      assertThat(Given.write(agent, Given.celsius("attic", 40)).status()).isEqualTo(503);
      assertThat(receiver.await("told", Given.SOON, _ -> true).label("room")).isEqualTo("attic");

      Files.delete(ballast);
      Await.until("the journal works", RECOVERS, () -> agent.status("/healthz") == 200);
      assertThat(write(sender).status()).isEqualTo(204);
      agent.kill();
      agent.startAgain();
      assertThat(found(agent)).containsAll(acknowledged);
      assertThat(acknowledged).contains(round - 1);
    }
  }
}

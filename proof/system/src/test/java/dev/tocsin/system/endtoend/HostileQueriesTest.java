package dev.tocsin.system.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tocsin.bench.http.HttpAnswer;
import dev.tocsin.bench.http.HttpConnection;
import dev.tocsin.bench.peer.TocsinAgent;
import dev.tocsin.bench.process.Await;
import dev.tocsin.bench.remotewrite.RemoteWriteSender;
import dev.tocsin.bench.remotewrite.TimedSample;
import dev.tocsin.bench.report.Percentiles;
import dev.tocsin.bench.webhook.WebhookMessage;
import dev.tocsin.bench.webhook.WebhookReceiver;
import dev.tocsin.model.labels.Labels;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.LongAdder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Queries that nobody should ask, while alerts come in.
class HostileQueriesTest {
  private static final int CLIENTS = 10;
  private static final int ALERTS = 40;
  private static final int SERIES = 4000;

  /// An alert takes about a hundred milliseconds, for the rules are evaluated ten times in a
  /// second; no query may make it this late.
  private static final Duration LATEST = Duration.ofSeconds(2);

  /// Would run for minutes, and holds nothing.
  private static final String ENDLESS = "sum_over_time(absent(vector(1))[300d:1ms])";

  private static final String ENDLESS_PATH =
      "/api/v1/query?query=" + URLEncoder.encode(ENDLESS, StandardCharsets.UTF_8);

  private static final List<String> WORST =
      List.of(
          instant(ENDLESS),
          instant("sum_over_time(vector(1)[1d:1ms])"),
          instant("max_over_time(max_over_time(crowd[10m:1s])[10m:1s])"),
          instant("crowd * on(i) group_left() crowd"),
          instant("crowd or crowd or crowd or crowd or crowd or crowd"),
          instant(
              "label_replace(label_replace(crowd, 'a', '$1$1$1', 'text', '(.*)'), 'b',"
                  + " '$1$1$1', 'a', '(.*)')"),
          instant("{__name__=~'.+', text=~'(x+x+)+y.*|.*(a|b|c|d|e|f)+.*z'}"),
          instant("{__name__=~'.+', text=~'((x{1,30}){1,30})+'}"),
          instant("{__name__=~'((((((x{10}){10}){10}){10}){10}){10}){10}'}"),
          instant("abs(".repeat(120) + "crowd" + ")".repeat(120)),
          instant("quantile_over_time(0.5, crowd[1h])"),
          range("count by (i, text, __name__) (crowd)"),
          range("count_values('v', crowd * time())"),
          range("topk(4000, crowd + on(i) crowd)"),
          "/api/v1/series?match[]=%7B__name__=~%22.%2B%22%7D",
          "/api/v1/label/text/values?match[]=%7Btext=~%22.*x.*%22%7D",
          "/api/v1/status/tsdb?limit=10000");

  /// With a timeout, so that each of the worst gets its turn in a short test.
  private static String instant(String query) {
    return "/api/v1/query?timeout=1s&query=" + URLEncoder.encode(query, StandardCharsets.UTF_8);
  }

  private static String range(String query) {
    long now = Instant.now().getEpochSecond();
    return "/api/v1/query_range?timeout=1s&start="
        + (now - 10_000)
        + "&end="
        + now
        + "&step=1&query="
        + URLEncoder.encode(query, StandardCharsets.UTF_8);
  }

  private static void fill(TocsinAgent agent) throws IOException {
    long now = Instant.now().toEpochMilli();
    try (RemoteWriteSender sender = RemoteWriteSender.open(agent.writeAddress())) {
      for (int round = 0; round < 4; round++) {
        for (int from = 0; from < SERIES; from += 500) {
          List<TimedSample> samples = new ArrayList<>();
          for (int i = from; i < from + 500; i++) {
            String text = "x".repeat(60) + i;
            Labels labels = Labels.of("__name__", "crowd", "i", "" + i, "text", text);
            samples.add(new TimedSample(labels, now - 60_000 + round * 15_000L, i));
          }
          assertThat(sender.send(samples).status()).isBetween(200, 299);
        }
      }
    }
  }

  /// Asks the worst again and again until told to stop.
  private static final class Clients implements AutoCloseable {
    private final AtomicBoolean stop = new AtomicBoolean();
    private final Map<Integer, LongAdder> statuses = new ConcurrentHashMap<>();
    private final List<Thread> threads = new ArrayList<>();

    Clients(URI address) {
      for (int i = 0; i < CLIENTS; i++) {
        int first = i;
        threads.add(Thread.ofPlatform().name("client").start(() -> run(address, first)));
      }
    }

    private void run(URI address, int first) {
      for (int i = first; !stop.get(); i++) {
        // Some give up before their turn comes, as people do.
        try (HttpConnection connection = HttpConnection.open(address)) {
          connection.readLimit(Duration.ofSeconds(1 + i % 10));
          String path = WORST.get(i % WORST.size());
          HttpAnswer answer = connection.send("GET", path, Map.of(), new byte[0]);
          statuses.computeIfAbsent(answer.status(), _ -> new LongAdder()).increment();
        } catch (IOException e) {
          // Gave up.
        }
      }
    }

    @Override
    public void close() {
      stop.set(true);
      for (Thread thread : threads) {
        try {
          thread.join();
        } catch (InterruptedException e) {
          Thread.currentThread().interrupt();
        }
      }
    }
  }

  /// Fires alerts one after the other, and tells how long each took to its receiver.
  private static long[] alerts(TocsinAgent agent, WebhookReceiver receiver, String prefix)
      throws Exception {
    long[] took = new long[ALERTS];
    for (int i = 0; i < ALERTS; i++) {
      String room = prefix + i;
      TimedSample sample = Given.celsius(room, 35);
      long sentNanos = sample.timeMs() * 1_000_000;
      assertThat(Given.write(agent, sample).status()).isBetween(200, 299);
      WebhookMessage message =
          receiver.await(room, Given.SOON, one -> one.label("room").equals(room));
      took[i] = message.arrivedNanos() - sentNanos;
    }
    return took;
  }

  @Test
  void tenClientsThatAskTheWorstDelayNoAlert(@TempDir Path folder) throws Exception {
    try (WebhookReceiver receiver = WebhookReceiver.start();
        TocsinAgent agent = Given.rooms(folder, receiver).start().untilReady()) {
      fill(agent);
      long[] calm = alerts(agent, receiver, "calm");
      long[] stormy;
      try (Clients clients = new Clients(agent.address())) {
        // The alerts are so quick that they would be over before the storm.
        Await.until("the storm", Given.SOON, () -> !clients.statuses.isEmpty());
        stormy = alerts(agent, receiver, "stormy");
        tell("calm", calm);
        tell("with " + CLIENTS + " clients, answers " + clients.statuses, stormy);
        assertThat(clients.statuses.keySet()).isSubsetOf(200, 400, 422, 503).isNotEmpty();
      }
      assertThat(Percentiles.of(stormy).max()).isLessThan(LATEST.toNanos());
      assertThat(agent.run().isAlive()).isTrue();
    }
  }

  private static void tell(String what, long[] tookNanos) {
    Percentiles all = Percentiles.of(tookNanos);
    System.out.printf(
        Locale.ROOT,
        "alerts %s: p50 %d ms, p90 %d ms, max %d ms%n",
        what,
        TimeUnit.NANOSECONDS.toMillis(all.p50()),
        TimeUnit.NANOSECONDS.toMillis(all.p90()),
        TimeUnit.NANOSECONDS.toMillis(all.max()));
  }

  @Test
  void aQueryEndsWhenItsClientIsGone(@TempDir Path folder) throws Exception {
    try (WebhookReceiver receiver = WebhookReceiver.start();
        TocsinAgent agent = Given.rooms(folder, receiver).start().untilReady()) {
      // More than there are turns; each would run for two minutes.
      try (Crowd crowd = Crowd.connect(agent.address(), CLIENTS)) {
        assertThat(crowd.sendAll("GET " + ENDLESS_PATH + " HTTP/1.1\r\nHost: x\r\n\r\n"))
            .isEqualTo(CLIENTS);
      }
      assertThat(agent.query("vector(1)")).hasSize(1);
      assertThat(agent.metric("tocsin_http_requests_total", "code=\"499\"")).isPositive();
    }
  }
}

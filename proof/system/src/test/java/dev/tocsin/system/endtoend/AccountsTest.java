package dev.tocsin.system.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tocsin.bench.peer.TocsinAgent;
import dev.tocsin.bench.process.Await;
import dev.tocsin.bench.remotewrite.RemoteWriteSender;
import dev.tocsin.bench.remotewrite.TimedSample;
import dev.tocsin.bench.webhook.WebhookReceiver;
import dev.tocsin.model.labels.Labels;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// received = applied + refused + in flight, in every single scrape.
class AccountsTest {
  private static final int SENDERS = 3;
  private static final int WRITES = 60;
  private static final int SAMPLES = 100;

  @Test
  void theyBalanceWhileSamplesPour(@TempDir Path folder) throws Exception {
    try (WebhookReceiver receiver = WebhookReceiver.start();
        TocsinAgent agent = Given.rooms(folder, receiver).start().untilReady();
        ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      AtomicLong sent = new AtomicLong();
      List<CompletableFuture<Void>> senders = new ArrayList<>();
      for (int s = 0; s < SENDERS; s++) {
        int sender = s;
        senders.add(CompletableFuture.runAsync(() -> pour(agent, sender, sent), threads));
      }
      CompletableFuture<Void> all =
          CompletableFuture.allOf(senders.toArray(new CompletableFuture<?>[0]));
      int scrapes = 0;
      while (!all.isDone() || scrapes == 0) {
        assertBalanced(Accounts.of(agent));
        scrapes++;
      }
      var _ = all.join();
      Await.until("nothing in flight", Given.SOON, () -> Accounts.of(agent).inFlight == 0);
      Accounts end = Accounts.of(agent);
      assertBalanced(end);
      assertThat(end.received).isEqualTo(sent.get());
      // One sample of each write repeats a time with another value.
      assertThat(end.refused).isEqualTo((long) SENDERS * WRITES);
      assertThat(end.applied).isEqualTo((long) SENDERS * WRITES * (SAMPLES - 1));
    }
  }

  private static void assertBalanced(Accounts accounts) {
    assertThat(accounts.received)
        .as(accounts.toString())
        .isEqualTo(accounts.applied + accounts.refused + accounts.inFlight);
  }

  private static void pour(TocsinAgent agent, int sender, AtomicLong sent) {
    long startMs = Instant.now().toEpochMilli() - WRITES;
    try (RemoteWriteSender writer = RemoteWriteSender.open(agent.writeAddress())) {
      for (int n = 0; n < WRITES; n++) {
        List<TimedSample> batch = new ArrayList<>();
        for (int i = 0; i < SAMPLES - 1; i++) {
          batch.add(sample(sender, i, startMs + n, n));
        }
        batch.add(sample(sender, 0, startMs + n, -1));
        sent.addAndGet(batch.size());
        var _ = writer.send(batch);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static TimedSample sample(int sender, int series, long timeMs, double value) {
    String name = sender + "-" + series;
    return new TimedSample(Labels.of("__name__", "poured_value", "series", name), timeMs, value);
  }

  /// One scrape.
  private record Accounts(long received, long applied, long refused, long inFlight) {
    static Accounts of(TocsinAgent agent) {
      String text = agent.get("/metrics").text();
      return new Accounts(
          sum(text, "tocsin_samples_received_total"),
          sum(text, "tocsin_samples_applied_total"),
          sum(text, "tocsin_samples_refused_total"),
          sum(text, "tocsin_samples_in_flight"));
    }

    private static long sum(String text, String name) {
      return text.lines()
          .filter(line -> line.startsWith(name + " ") || line.startsWith(name + "{"))
          .mapToLong(line -> (long) Double.parseDouble(line.substring(line.lastIndexOf(' '))))
          .sum();
    }
  }
}

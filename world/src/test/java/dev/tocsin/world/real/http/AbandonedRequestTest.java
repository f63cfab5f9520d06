package dev.tocsin.world.real.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tocsin.world.net.HttpHandler;
import dev.tocsin.world.net.HttpReply;
import dev.tocsin.world.net.HttpServing.ListenConfig;
import dev.tocsin.world.net.HttpServing.Listening;
import dev.tocsin.world.real.schedule.Alarms;
import java.io.IOException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class AbandonedRequestTest {
  private static final long PATIENCE_SECONDS = 20;

  private final Alarms alarms = new Alarms();
  private final RealServing serving = new RealServing(new TestClock(), alarms);

  @AfterEach
  void close() {
    alarms.close();
  }

  private Listening listen(HttpHandler handler) throws IOException {
    return serving.listen(ListenConfig.of("127.0.0.1", 0), handler);
  }

  private static String get(String path) {
    return "GET " + path + " HTTP/1.1\r\nHost: a\r\n\r\n";
  }

  private static void await(CountDownLatch latch) throws IOException {
    try {
      assertThat(latch.await(PATIENCE_SECONDS, TimeUnit.SECONDS)).isTrue();
    } catch (InterruptedException e) {
      throw new IOException(e);
    }
  }

  @Test
  void theHandlerSeesThatTheClientHasClosed() throws IOException {
    CountDownLatch asked = new CountDownLatch(1);
    CountDownLatch gone = new CountDownLatch(1);
    try (Listening listening =
        listen(
            request -> {
              assertThat(request.isAbandoned()).isFalse();
              asked.countDown();
              while (!request.isAbandoned()) {
                Thread.onSpinWait();
              }
              gone.countDown();
              return HttpReply.empty(204);
            })) {
      Peer peer = new Peer(listening.port());
      peer.send(get("/slow"));
      await(asked);
      assertThat(gone.getCount()).isEqualTo(1);
      peer.close();
      await(gone);
    }
  }

  @Test
  void aRequestThatFollowsIsKept() throws IOException {
    CountDownLatch asked = new CountDownLatch(1);
    CountDownLatch followed = new CountDownLatch(1);
    AtomicInteger looks = new AtomicInteger();
    try (Listening listening =
            listen(
                request -> {
                  if (request.path().equals("/1")) {
                    asked.countDown();
                    await(followed);
                    for (int i = 0; i < 100; i++) {
                      assertThat(request.isAbandoned()).isFalse();
                      looks.incrementAndGet();
                    }
                  }
                  return HttpReply.text(200, request.path());
                });
        Peer peer = new Peer(listening.port())) {
      peer.send(get("/1"));
      await(asked);
      // Longer than what is held of a request that waits.
      peer.send("GET /2?" + "x".repeat(3 * WireInput.FIRST_BYTES) + " HTTP/1.1\r\nHost: a\r\n\r\n");
      followed.countDown();
      assertThat(peer.answer()).endsWith("/1");
      assertThat(peer.answer()).endsWith("/2");
      assertThat(looks.get()).isEqualTo(100);
    }
  }

  @Test
  void answersThatAreNotReadDoNotFillTheMemory() throws IOException {
    byte[] large = new byte[7 << 20];
    try (Listening listening = listen(_ -> HttpReply.of(200, "text/plain", large));
        Peer slow = new Peer(listening.port());
        Peer next = new Peer(listening.port())) {
      slow.send(get("/a"));
      assertThat(slow.read()).isEqualTo('H'); // so its answer is being sent
      assertThat(next.send(get("/b")).answer()).startsWith("HTTP/1.1 503 ");
      assertThat(slow.answer()).startsWith("TTP/1.1 200 ").hasSizeGreaterThan(large.length);
      // The place is free again once the last byte is gone, which is slightly later.
      String answer = next.send(get("/c")).answer();
      for (int i = 0; i < 1000 && answer.startsWith("HTTP/1.1 503 "); i++) {
        answer = next.send(get("/c")).answer();
      }
      assertThat(answer).startsWith("HTTP/1.1 200 ");
    }
  }
}

package dev.tocsin.world.real.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tocsin.world.net.HttpHandler;
import dev.tocsin.world.net.HttpReply;
import dev.tocsin.world.net.HttpServing.ListenConfig;
import dev.tocsin.world.net.HttpServing.Listening;
import dev.tocsin.world.real.schedule.Alarms;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/// Peers that mean no good, on real sockets. Times are the shortest that can be configured.
@Timeout(60)
@Execution(ExecutionMode.SAME_THREAD)
class HostilePeersTest {
  private static final String GET = "GET / HTTP/1.1\r\nHost: a\r\n\r\n";
  private static final String POST = "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 100\r\n\r\n";

  private final Alarms alarms = new Alarms();
  private final RealServing serving = new RealServing(new TestClock(), alarms);

  @AfterEach
  void close() {
    alarms.close();
  }

  private Listener listen(int connectionsMax, int idleSeconds, HttpHandler handler)
      throws IOException {
    ListenConfig config =
        new ListenConfig("127.0.0.1", 0, connectionsMax, 16 << 10, idleSeconds, 1, false);
    Listening listening = serving.listen(config, handler);
    return (Listener) listening;
  }

  private static HttpHandler readsAll() {
    return request -> HttpReply.text(200, "read " + request.body(1 << 20).length);
  }

  private static void until(BooleanSupplier condition) {
    while (!condition.getAsBoolean()) {
      Thread.onSpinWait();
    }
  }

  private static void leavesNothing(Listener listener) {
    until(() -> listener.stats().open() == 0);
    assertThat(listener.headBytes.taken()).isZero();
    assertThat(listener.bodyBytes.taken()).isZero();
  }

  @Test
  void fiveThousandIdleConnectionsLeaveRoomForAGoodRequest() throws IOException {
    List<Peer> idle = new ArrayList<>();
    try (Listener listener = listen(100, 60, readsAll())) {
      for (int i = 0; i < 5000; i++) {
        idle.add(new Peer(listener.port()));
        if (i % 500 == 499) {
          try (Peer good = new Peer(listener.port())) {
            assertThat(good.send(GET).answer()).startsWith("HTTP/1.1 200");
          }
        }
      }
      until(() -> listener.stats().accepted() == 5010);
      until(() -> listener.stats().open() <= 100);
      assertThat(listener.stats().displaced()).isGreaterThanOrEqualTo(4890);
      assertThat(idle.getFirst().read()).isEqualTo(-1);
    } finally {
      for (Peer peer : idle) {
        peer.close();
      }
    }
  }

  @Test
  void aConnectionThatBroughtRequestsOutlivesStrangers() throws IOException {
    List<Peer> strangers = new ArrayList<>();
    try (Listener listener = listen(10, 60, readsAll());
        Peer known = new Peer(listener.port())) {
      assertThat(known.send(GET).answer()).startsWith("HTTP/1.1 200");
      for (int i = 0; i < 50; i++) {
        strangers.add(new Peer(listener.port()));
      }
      until(() -> listener.stats().accepted() == 51);
      assertThat(known.send(GET).answer()).startsWith("HTTP/1.1 200");
    } finally {
      for (Peer peer : strangers) {
        peer.close();
      }
    }
  }

  @Test
  void whereAllConnectionsHaveWorkOneMoreIsClosedAtOnce() throws IOException {
    CountDownLatch go = new CountDownLatch(1);
    HttpHandler waits =
        _ -> {
          awaited(go);
          return HttpReply.text(200, "done");
        };
    List<Peer> busy = new ArrayList<>();
    try (Listener listener = listen(5, 60, waits)) {
      for (int i = 0; i < 5; i++) {
        busy.add(new Peer(listener.port()).send(GET));
      }
      until(() -> listener.stats().requests() == 5);
      try (Peer surplus = new Peer(listener.port())) {
        assertThat(surplus.read()).isEqualTo(-1);
      }
      assertThat(listener.stats().surplus()).isEqualTo(1);
      go.countDown();
      for (Peer peer : busy) {
        assertThat(peer.answer()).endsWith("done");
      }
    } finally {
      for (Peer peer : busy) {
        peer.close();
      }
    }
  }

  @Test
  void anIdleConnectionIsClosed() throws IOException {
    try (Listener listener = listen(10, 1, readsAll());
        Peer silent = new Peer(listener.port());
        Peer oneRequest = new Peer(listener.port())) {
      assertThat(oneRequest.send(GET).answer()).startsWith("HTTP/1.1 200");
      assertThat(silent.read()).isEqualTo(-1);
      assertThat(oneRequest.read()).isEqualTo(-1);
      assertThat(listener.stats().timedOut()).isEqualTo(2);
      leavesNothing(listener);
    }
  }

  @Test
  void slowHeadersAndSlowBodiesAreCutOff() throws Exception {
    try (Listener listener = listen(10, 60, readsAll());
        Peer slowHead = new Peer(listener.port());
        Peer slowBody = new Peer(listener.port());
        Peer slowChunk = new Peer(listener.port())) {
      slowHead.send("GET / HTTP/1.1\r\nX: ");
      slowBody.send(POST);
      slowChunk.send("POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n1");
      List<Thread> senders = new ArrayList<>();
      List<Peer> closed = java.util.Collections.synchronizedList(new ArrayList<>());
      for (Peer peer : List.of(slowHead, slowBody, slowChunk)) {
        senders.add(
            Thread.ofVirtual()
                .start(
                    () -> {
                      try {
                        if (peer.isClosedWhileSending(peer == slowChunk ? ';' : 'a', 95, 50)) {
                          closed.add(peer);
                        }
                      } catch (IOException e) {
                        throw new AssertionError(e);
                      }
                    }));
      }
      for (Thread sender : senders) {
        sender.join();
      }
      assertThat(closed).containsExactlyInAnyOrder(slowHead, slowBody, slowChunk);
      assertThat(listener.stats().timedOut()).isEqualTo(3);
      leavesNothing(listener);
    }
  }

  @Test
  void bodiesThatStopHalfWayLeaveNothingBehind() throws IOException {
    try (Listener listener = listen(100, 60, readsAll())) {
      for (int i = 0; i < 20; i++) {
        try (Peer gone = new Peer(listener.port())) {
          gone.send(POST + "half");
        }
        try (Peer halfClosed = new Peer(listener.port())) {
          halfClosed.send(POST + "half").endSending();
          assertThat(halfClosed.rest()).startsWith("HTTP/1.1 400").endsWith("ended early\n");
        }
      }
      until(() -> listener.stats().broken() == 40);
      leavesNothing(listener);
      assertThat(listener.stats().failures()).isZero();
    }
  }

  @Test
  void lengthsThatAreOnlyClaimedTakeNoMemory() throws IOException {
    List<Peer> claiming = new ArrayList<>();
    try (Listener listener =
        listen(100, 60, request -> HttpReply.text(200, "" + request.body(1 << 30).length))) {
      for (int i = 0; i < 50; i++) {
        claiming.add(
            new Peer(listener.port())
                .send("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 900000000\r\n\r\nsome"));
      }
      until(() -> listener.stats().requests() == 50);
      assertThat(listener.bodyBytes.taken()).isLessThanOrEqualTo(50L * (16 << 10));
      try (Peer good = new Peer(listener.port())) {
        assertThat(good.send(POST + "a".repeat(100)).answer()).endsWith("100");
      }
    } finally {
      for (Peer peer : claiming) {
        peer.close();
      }
    }
  }

  @Test
  void bodiesOfAllConnectionsTogetherAreBounded() throws IOException {
    HttpHandler handler = request -> HttpReply.text(200, "" + request.body(1 << 30).length);
    try (Listener listener = listen(100, 60, handler);
        Peer peer = new Peer(listener.port())) {
      peer.send("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 30000000\r\n\r\n");
      Thread.ofVirtual().start(() -> sendMuch(peer));
      assertThat(peer.answer()).startsWith("HTTP/1.1 503");
      until(() -> listener.bodyBytes.taken() == 0);
    }
  }

  private static void sendMuch(Peer peer) {
    try {
      for (int i = 0; i < 300; i++) {
        peer.send("a".repeat(100_000));
      }
    } catch (IOException _) {
      // The server closes at some point.
    }
  }

  @Test
  void aPeerThatTakesNoAnswerIsCutOff() throws IOException {
    byte[] large = new byte[32 << 20];
    try (Listener listener =
            listen(10, 1, _ -> HttpReply.of(200, "application/octet-stream", large));
        Peer peer = new Peer(listener.port())) {
      peer.send(GET);
      until(() -> listener.stats().timedOut() == 1);
      leavesNothing(listener);
    }
  }

  private static void awaited(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }
}

package dev.tocsin.world.real.http;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tocsin.world.net.HttpHandler;
import dev.tocsin.world.net.HttpReply;
import dev.tocsin.world.net.HttpServing.ListenConfig;
import dev.tocsin.world.real.schedule.Alarms;
import java.io.IOException;
import java.util.Arrays;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/// HTTP/2 as it should be.
@Timeout(60)
@Execution(ExecutionMode.SAME_THREAD)
class H2ServingTest {
  private final Alarms alarms = new Alarms();
  private final RealServing serving = new RealServing(new TestClock(), alarms);

  @AfterEach
  void close() {
    alarms.close();
  }

  private Listener listen(HttpHandler handler) throws IOException {
    return (Listener) serving.listen(ListenConfig.of("127.0.0.1", 0).withHttp2(), handler);
  }

  private static HttpHandler echo() {
    return request -> {
      byte[] body = request.body(8 << 20);
      String text = request.method() + " " + request.path() + "?" + request.query() + " ";
      byte[] content = Arrays.copyOf(text.getBytes(US_ASCII), text.length() + body.length);
      System.arraycopy(body, 0, content, text.length(), body.length);
      return HttpReply.of(200, "a/b", content);
    };
  }

  private static void leavesNothing(Listener listener) {
    while (listener.headBytes.taken() + listener.bodyBytes.taken() > 0) {
      Thread.onSpinWait();
    }
  }

  @Test
  void requestsAreAnsweredOneAfterTheOther() throws IOException {
    try (Listener listener = listen(echo());
        H2Peer peer = H2Peer.open(listener.port())) {
      H2Peer.Answer first = peer.request(1, H2Peer.get("/a%20b?c=d"), true).answer(1);
      assertThat(first.status()).isEqualTo("200");
      assertThat(first.text()).isEqualTo("GET /a b?c=d ");
      assertThat(first.headers()).containsEntry("content-type", "a/b").containsKey("date");
      peer.request(3, H2Peer.post("/x"), false).data(3, "abc".getBytes(US_ASCII), true);
      assertThat(peer.answer(3).text()).isEqualTo("POST /x? abc");
      leavesNothing(listener);
      assertThat(listener.stats().requests()).isEqualTo(2);
    }
  }

  @Test
  void requestsOfOneConnectionAreAnsweredAtOnce() throws IOException {
    CountDownLatch second = new CountDownLatch(1);
    HttpHandler handler =
        request -> {
          if (request.path().equals("/second")) {
            second.countDown();
          }
          await(second);
          return HttpReply.text(200, request.path());
        };
    try (Listener listener = listen(handler);
        H2Peer peer = H2Peer.open(listener.port())) {
      peer.request(1, H2Peer.get("/first"), true).request(3, H2Peer.get("/second"), true);
      int seen = 0;
      while (seen < 2) {
        H2Peer.Frame frame = peer.read();
        seen += frame.type() == H2.DATA && frame.has(H2.END_STREAM) ? 1 : 0;
      }
    }
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void trailersComeBehindTheContent() throws IOException {
    HttpReply reply =
        new HttpReply(200, Map.of("a", "1"), new byte[] {7}, Map.of("grpc-status", "0"));
    try (Listener listener = listen(_ -> reply);
        H2Peer peer = H2Peer.open(listener.port())) {
      peer.request(1, H2Peer.get("/"), true);
      assertThat(peer.await(H2.HEADERS).flags()).isEqualTo(H2.END_HEADERS);
      assertThat(peer.await(H2.DATA).flags()).isZero();
      assertThat(peer.await(H2.HEADERS).flags()).isEqualTo(H2.END_HEADERS | H2.END_STREAM);
    }
  }

  @Test
  void largeBodiesAndAnswersKeepToTheWindows() throws IOException {
    byte[] large = new byte[3_000_000];
    new SplittableRandom(1).nextBytes(large);
    try (Listener listener = listen(echo());
        H2Peer peer = H2Peer.open(listener.port())) {
      peer.request(1, H2Peer.post("/"), false).body(1, large);
      H2Peer.Answer answer = peer.answer(1);
      byte[] content = answer.content();
      assertThat(Arrays.copyOfRange(content, content.length - large.length, content.length))
          .isEqualTo(large);
      leavesNothing(listener);
    }
  }

  @Test
  void anAnswerWaitsForTheWindow() throws IOException {
    try (Listener listener = listen(_ -> HttpReply.text(200, "x".repeat(100)));
        H2Peer peer = H2Peer.silent(listener.port())) {
      peer.raw(H2.PREFACE);
      peer.frame(H2.SETTINGS, 0, 0, new byte[] {0, H2.INITIAL_WINDOW_SIZE, 0, 0, 0, 10});
      peer.request(1, H2Peer.get("/"), true);
      assertThat(peer.await(H2.DATA).content()).hasSize(10);
      peer.frame(H2.WINDOW_UPDATE, 1, 20);
      assertThat(peer.await(H2.DATA).content()).hasSize(20);
      // What streams begin with grows, and so do those that are there.
      peer.frame(H2.SETTINGS, 0, 0, new byte[] {0, H2.INITIAL_WINDOW_SIZE, 0, 0, 0, 100});
      assertThat(peer.await(H2.DATA).content()).hasSize(70);
    }
  }

  @Test
  void paddingPriorityContinuationsAndTrailersAreRead() throws IOException {
    try (Listener listener = listen(echo());
        H2Peer peer = H2Peer.open(listener.port())) {
      byte[] block = H2Peer.post("/p");
      byte[] first = new byte[1 + 5 + 10 + 3];
      first[0] = 3;
      System.arraycopy(block, 0, first, 6, 10);
      peer.frame(H2.HEADERS, H2.PADDED | H2.WITH_PRIORITY, 1, first);
      peer.frame(H2.CONTINUATION, 0, 1, Arrays.copyOfRange(block, 10, 20));
      peer.frame(H2.CONTINUATION, H2.END_HEADERS, 1, Arrays.copyOfRange(block, 20, block.length));
      peer.frame(H2.PRIORITY, 0, 1, new byte[5]);
      peer.frame(H2.DATA, H2.PADDED, 1, new byte[] {2, 'a', 'b', 0, 0});
      peer.frame(99, 0, 1, new byte[7]);
      peer.request(1, H2Peer.block("grpc-trailer", "x"), true);
      assertThat(peer.answer(1).text()).isEqualTo("POST /p? ab");
    }
  }

  @Test
  void aPingIsAnswered() throws IOException {
    try (Listener listener = listen(echo());
        H2Peer peer = H2Peer.open(listener.port())) {
      byte[] content = {1, 2, 3, 4, 5, 6, 7, 8};
      H2Peer.Frame pong = peer.frame(H2.PING, 0, 0, content).await(H2.PING);
      assertThat(pong.flags()).isEqualTo(H2.ACK);
      assertThat(pong.content()).isEqualTo(content);
    }
  }

  @Test
  void aRequestThatIsTakenBackIsAbandoned() throws IOException {
    CountDownLatch came = new CountDownLatch(1);
    CountDownLatch abandoned = new CountDownLatch(1);
    HttpHandler handler =
        request -> {
          came.countDown();
          while (!request.isAbandoned()) {
            Thread.onSpinWait();
          }
          abandoned.countDown();
          return HttpReply.empty(200);
        };
    try (Listener listener = listen(handler);
        H2Peer peer = H2Peer.open(listener.port())) {
      peer.request(1, H2Peer.get("/"), true);
      await(came);
      peer.frame(H2.RST_STREAM, 1, H2.CANCEL);
      await(abandoned);
      leavesNothing(listener);
    }
  }

  @Test
  void aBodyThatIsTooLargeOrNotWholeIsRefused() throws IOException {
    HttpHandler handler = request -> HttpReply.text(200, "" + request.body(10).length);
    try (Listener listener = listen(handler);
        H2Peer peer = H2Peer.open(listener.port())) {
      peer.request(1, H2Peer.post("/"), false).data(1, new byte[11], false);
      assertThat(peer.answer(1).status()).isEqualTo("413");
      byte[] tells =
          H2Peer.block(":method", "POST", ":scheme", "http", ":path", "/", "content-length", "5");
      peer.request(3, tells, false).data(3, new byte[4], true);
      assertThat(peer.answer(3).status()).isEqualTo("400");
      peer.request(5, tells, false).data(5, new byte[5], true);
      assertThat(peer.answer(5).text()).isEqualTo("5");
      leavesNothing(listener);
    }
  }

  @Test
  void http11IsSpokenOnTheSamePort() throws IOException {
    try (Listener listener = listen(echo());
        Peer peer = new Peer(listener.port())) {
      assertThat(peer.send("POST /x HTTP/1.1\r\nHost: a\r\nContent-Length: 1\r\n\r\nz").answer())
          .startsWith("HTTP/1.1 200")
          .endsWith("POST /x? z");
    }
  }

  @Test
  void aListenerOfHttp11TakesNoHttp2() throws IOException {
    try (Listener listener = (Listener) serving.listen(ListenConfig.of("127.0.0.1", 0), echo());
        Peer peer = new Peer(listener.port())) {
      assertThat(peer.send(new String(H2.PREFACE, US_ASCII)).answer()).startsWith("HTTP/1.1 505");
    }
  }
}

package dev.tocsin.world.real.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tocsin.world.net.HttpHandler;
import dev.tocsin.world.net.HttpReply;
import dev.tocsin.world.net.HttpServing.ListenConfig;
import dev.tocsin.world.net.HttpServing.Listening;
import dev.tocsin.world.real.schedule.Alarms;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class RealServingTest {
  private static final int BODY_MAX = 1000;

  private final Alarms alarms = new Alarms();
  private final RealServing serving = new RealServing(new TestClock(), alarms);

  @AfterEach
  void close() {
    alarms.close();
  }

  private Listening listen(HttpHandler handler) throws IOException {
    return serving.listen(ListenConfig.of("127.0.0.1", 0), handler);
  }

  private static HttpHandler echo() {
    return request -> {
      byte[] body = request.body(BODY_MAX);
      return HttpReply.text(
          200,
          request.method()
              + " "
              + request.path()
              + " "
              + request.query()
              + " "
              + new String(body, StandardCharsets.UTF_8));
    };
  }

  private static String get(String path) {
    return "GET " + path + " HTTP/1.1\r\nHost: a\r\n\r\n";
  }

  @Test
  void aConnectionCarriesSeveralRequests() throws IOException {
    try (Listening listening = listen(echo());
        Peer peer = new Peer(listening.port())) {
      String first = peer.send(get("/a?b=c")).answer();
      assertThat(first)
          .startsWith("HTTP/1.1 200 OK\r\n")
          .contains("\r\nDate: ")
          .contains("Content-Type: text/plain; charset=utf-8\r\n")
          .doesNotContain("Connection")
          .endsWith("\r\n\r\nGET /a b=c ");
      assertThat(
              peer.send("POST /w HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\n\r\nhello").answer())
          .endsWith("POST /w  hello");
      assertThat(listening.stats().requests()).isEqualTo(2);
      assertThat(listening.stats().accepted()).isEqualTo(1);
    }
  }

  @Test
  void pipelinedRequestsAreAnsweredInTheirOrder() throws IOException {
    try (Listening listening = listen(echo());
        Peer peer = new Peer(listening.port())) {
      String chunked =
          "POST /c HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nhi\r\n0\r\n\r\n";
      peer.send(get("/1") + chunked + get("/2"));
      assertThat(peer.answer()).endsWith("GET /1  ");
      assertThat(peer.answer()).endsWith("POST /c  hi");
      assertThat(peer.answer()).endsWith("GET /2  ");
    }
  }

  @Test
  void theConnectionIsClosedWhenAsked() throws IOException {
    try (Listening listening = listen(echo());
        Peer peer = new Peer(listening.port())) {
      peer.send("GET /a HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n");
      assertThat(peer.rest()).contains("\r\nConnection: close\r\n").endsWith("GET /a  ");
    }
  }

  @Test
  void headHasTheLengthButNoContent() throws IOException {
    try (Listening listening = listen(echo());
        Peer peer = new Peer(listening.port())) {
      peer.send("HEAD /a HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n");
      assertThat(peer.rest()).contains("Content-Length: 9\r\n").endsWith("\r\n\r\n");
    }
  }

  @Test
  void noContentHasNoLength() throws IOException {
    try (Listening listening = listen(_ -> HttpReply.empty(204));
        Peer peer = new Peer(listening.port())) {
      assertThat(peer.send(get("/")).answer())
          .startsWith("HTTP/1.1 204 No Content\r\n")
          .doesNotContain("Content-Length");
      assertThat(peer.send(get("/")).answer()).startsWith("HTTP/1.1 204");
    }
  }

  @Test
  void aSenderThatWaitsIsToldToContinueOnlyOnceItsBodyIsWanted() throws IOException {
    String head = "POST /w HTTP/1.1\r\nHost: a\r\nExpect: 100-continue\r\nContent-Length: ";
    try (Listening listening = listen(echo());
        Peer willing = new Peer(listening.port());
        Peer unwilling = new Peer(listening.port())) {
      assertThat(willing.send(head + "5\r\n\r\n").answer())
          .isEqualTo("HTTP/1.1 100 Continue\r\n\r\n");
      assertThat(willing.send("hello").answer()).endsWith("POST /w  hello");
      assertThat(unwilling.send(head + "1001\r\n\r\n").answer())
          .startsWith("HTTP/1.1 413 Content Too Large\r\n")
          .contains("Connection: close")
          .endsWith("the request body is larger than 1000 bytes\n");
      assertThat(unwilling.endSending().rest()).isEmpty();
    }
  }

  @Test
  void bodiesThatAreTooLargeAreAnswered413AndTheAnswerArrives() throws IOException {
    try (Listening listening = listen(echo());
        Peer known = new Peer(listening.port());
        Peer chunked = new Peer(listening.port())) {
      String body = "a".repeat(1_000_000);
      known.send("POST /w HTTP/1.1\r\nHost: a\r\nContent-Length: 1000000\r\n\r\n" + body);
      assertThat(known.endSending().rest()).startsWith("HTTP/1.1 413").endsWith("bytes\n");
      chunked.send("POST /w HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n");
      chunked.send("F4240\r\n" + body + "\r\n0\r\n\r\n");
      assertThat(chunked.endSending().rest()).startsWith("HTTP/1.1 413").endsWith("bytes\n");
    }
  }

  @Test
  void aSmallBodyNobodyReadIsSkipped() throws IOException {
    try (Listening listening = listen(_ -> HttpReply.text(404, "no"));
        Peer peer = new Peer(listening.port())) {
      String post = "POST /w HTTP/1.1\r\nHost: a\r\nContent-Length: 500\r\n\r\n" + "a".repeat(500);
      assertThat(peer.send(post).answer()).startsWith("HTTP/1.1 404");
      assertThat(peer.send(post).answer()).startsWith("HTTP/1.1 404");
    }
  }

  @Test
  void whatIsNotHttpIsToldSoAndNothingBehindItIsRun() throws IOException {
    AtomicInteger handled = new AtomicInteger();
    try (Listening listening =
            listen(
                _ -> {
                  handled.incrementAndGet();
                  return HttpReply.empty(200);
                });
        Peer peer = new Peer(listening.port())) {
      peer.send(
          "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 6\r\nTransfer-Encoding: chunked\r\n\r\n"
              + "0\r\n\r\n"
              + get("/smuggled"));
      assertThat(peer.endSending().rest())
          .startsWith("HTTP/1.1 400 Bad Request\r\n")
          .contains("Connection: close")
          .endsWith("both Transfer-Encoding and Content-Length\n");
      assertThat(handled.get()).isZero();
      assertThat(listening.stats().malformed()).isEqualTo(1);
    }
  }

  @Test
  void hugeHeadersAre431() throws IOException {
    ListenConfig config = new ListenConfig("127.0.0.1", 0, 10, 4096, 10, 10, false);
    try (Listening listening = serving.listen(config, echo());
        Peer peer = new Peer(listening.port())) {
      peer.send("GET / HTTP/1.1\r\nHost: a\r\nX: " + "a".repeat(100_000));
      assertThat(peer.endSending().rest())
          .startsWith("HTTP/1.1 431 Request Header Fields Too Large\r\n");
    }
  }

  @Test
  void aHandlerThatThrowsIsA500AndIsCounted() throws IOException {
    HttpHandler handler =
        request ->
            switch (request.path()) {
              case "/runtime" -> throw new IllegalStateException("a secret");
              case "/io" -> throw new IOException("another secret");
              case "/inject" -> new HttpReply(200, Map.of("X-A", "b\r\nX-C: d"), new byte[0]);
              default -> HttpReply.empty(200);
            };
    try (Listening listening = listen(handler);
        Peer peer = new Peer(listening.port())) {
      for (String path : new String[] {"/runtime", "/io", "/inject"}) {
        assertThat(peer.send(get(path)).answer())
            .startsWith("HTTP/1.1 500 Internal Server Error")
            .endsWith("internal error\n")
            .doesNotContain("secret")
            .doesNotContain("X-C");
      }
      assertThat(peer.send(get("/good")).answer()).startsWith("HTTP/1.1 200");
      assertThat(listening.stats().failures()).isEqualTo(3);
      assertThat(listening.stats().lastFailure()).contains("X-A");
    }
  }

  @Test
  void aLargeAnswerArrivesWhole() throws IOException {
    String large = "0123456789".repeat(300_000);
    try (Listening listening = listen(_ -> HttpReply.text(200, large));
        Peer peer = new Peer(listening.port())) {
      assertThat(peer.send(get("/")).answer()).endsWith(large).contains("Length: 3000000\r\n");
    }
  }

  @Test
  void aTakenAddressIsAnErrorThatSaysSo() throws IOException {
    try (Listening listening = listen(echo())) {
      int port = listening.port();
      assertThatThrownBy(() -> serving.listen(ListenConfig.of("127.0.0.1", port), echo()))
          .hasMessage(
              "cannot listen on 127.0.0.1:" + port + ": another program listens there already");
      assertThatThrownBy(() -> serving.listen(ListenConfig.of("no.such.invalid", 0), echo()))
          .hasMessageContaining("no such host");
    }
  }

  @Test
  void closingLetsARunningRequestEnd() throws Exception {
    CountDownLatch inside = new CountDownLatch(1);
    CountDownLatch go = new CountDownLatch(1);
    Listening listening =
        listen(
            _ -> {
              inside.countDown();
              awaited(go);
              return HttpReply.text(200, "done");
            });
    int port = listening.port();
    try (Peer peer = new Peer(port);
        Peer idle = new Peer(port)) {
      peer.send(get("/"));
      inside.await();
      Thread closing = Thread.ofVirtual().start(listening::close);
      assertThat(idle.read()).isEqualTo(-1);
      go.countDown();
      assertThat(peer.rest()).contains("Connection: close").endsWith("done");
      closing.join();
    }
    serving.listen(ListenConfig.of("127.0.0.1", port), echo()).close();
  }

  private static void awaited(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }
}

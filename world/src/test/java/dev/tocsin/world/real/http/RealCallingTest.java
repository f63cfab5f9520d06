package dev.tocsin.world.real.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tocsin.world.net.HttpCalling.HttpCall;
import dev.tocsin.world.net.HttpCalling.HttpOutcome;
import dev.tocsin.world.net.HttpReply;
import dev.tocsin.world.net.HttpServing.ListenConfig;
import dev.tocsin.world.net.HttpServing.Listening;
import dev.tocsin.world.real.schedule.Alarms;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Timeout(60)
class RealCallingTest {
  private static final int LONG_MS = 20_000;
  private static final String OK = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok";

  private final Alarms alarms = new Alarms();
  private final RealCalling calling = new RealCalling(new TestClock(), alarms);

  @AfterEach
  void close() {
    calling.close();
    alarms.close();
  }

  private HttpOutcome call(HttpCall call) {
    CompletableFuture<HttpOutcome> outcome = new CompletableFuture<>();
    calling.call(call, outcome::complete);
    return outcome.join();
  }

  private static HttpCall post(String url, long timeoutMs) {
    return new HttpCall(
        "POST", url, Map.of("X-A", "b"), "hello".getBytes(StandardCharsets.UTF_8), timeoutMs);
  }

  private HttpOutcome post(int port) {
    return call(post("http://127.0.0.1:" + port + "/hook?x=%20y", LONG_MS));
  }

  private static String content(HttpOutcome outcome) {
    return switch (outcome) {
      case HttpOutcome.Answered answered ->
          new String(answered.body(), StandardCharsets.ISO_8859_1);
      case HttpOutcome.Failed(String reason) -> throw new AssertionError(reason);
    };
  }

  private static String reason(HttpOutcome outcome) {
    return switch (outcome) {
      case HttpOutcome.Answered answered -> throw new AssertionError("answered " + answered);
      case HttpOutcome.Failed(String reason) -> reason;
    };
  }

  @Test
  void aCallBringsTheRequestAndTheAnswer() throws IOException {
    RealServing serving = new RealServing(new TestClock(), alarms);
    try (Listening listening =
        serving.listen(
            ListenConfig.of("127.0.0.1", 0),
            request ->
                new HttpReply(202, Map.of("X-Answer", request.header("x-a")), request.body(100)))) {
      HttpOutcome outcome = post(listening.port());
      assertThat(content(outcome)).isEqualTo("hello");
      assertThat(outcome)
          .isInstanceOfSatisfying(
              HttpOutcome.Answered.class,
              answered -> {
                assertThat(answered.status()).isEqualTo(202);
                assertThat(answered.headers()).containsEntry("x-answer", "b").containsKey("date");
              });
      assertThat(content(post(listening.port()))).isEqualTo("hello");
      assertThat(listening.stats().accepted()).isEqualTo(1);
    }
  }

  @Test
  void theRequestIsWhatServersExpect() throws IOException {
    try (ScriptedServer server =
        new ScriptedServer(
            it -> {
              it.request();
              it.answer(OK);
            })) {
      call(
          new HttpCall(
              "POST",
              "http://us%65r:p%40ss@127.0.0.1:" + server.port() + "/a%2Fb?c=d#e",
              Map.of("Host", "evil", "Content-Length", "99"),
              new byte[0],
              LONG_MS));
      assertThat(server.requests.getFirst())
          .startsWith("POST /a%2Fb?c=d HTTP/1.1\r\nHost: 127.0.0.1:" + server.port() + "\r\n")
          .contains("User-Agent: tocsin\r\n")
          .contains("Authorization: Basic dXNlcjpwQHNz\r\n")
          .contains("Content-Length: 0\r\n")
          .doesNotContain("evil")
          .doesNotContain("Content-Length: 99");
    }
  }

  @ParameterizedTest
  @CsvSource({
    "'HTTP/1.1 200 OK|Transfer-Encoding: chunked||2|ab|1|c|0||',abc",
    "'HTTP/1.1 200 OK|Content-Type: a||until the end',until the end",
    "'HTTP/1.1 204 No Content||',''",
    "'HTTP/1.1 100 Continue||HTTP/1.1 103 Early Hints|Link: a||HTTP/1.1 200 OK|Content-Length: 2||ok',ok",
    "'HTTP/1.0 200 OK|Content-Length: 2||ok and more',ok",
    "'HTTP/1.1 200|Content-Length: 2||ok',ok"
  })
  void everyFormOfAnswerIsRead(String answer, String content) throws IOException {
    try (ScriptedServer server =
        new ScriptedServer(
            it -> {
              it.request();
              it.answer(answer.replace("|", "\r\n"));
            })) {
      assertThat(content(post(server.port()))).isEqualTo(content);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "'',closed before the answer was whole",
    "'HTTP/1.1 200 OK|Content-Length: 5||abc',closed before",
    "'SSH-2.0-OpenSSH||',not HTTP",
    "'HTTP/1.1 2x0 OK||',not HTTP",
    "'HTTP/1.1 200 OK|Content-Length: 1|Content-Length: 2||a',Content-Length",
    "'HTTP/1.1 200 OK|Content-Length: -2||a',Content-Length",
    "'HTTP/1.1 200 OK|Transfer-Encoding: gzip||a',Transfer-Encoding",
    "'HTTP/1.1 200 OK|X',headers"
  })
  void whatIsNoAnswerIsAFailure(String answer, String reason) throws IOException {
    try (ScriptedServer server =
        new ScriptedServer(
            it -> {
              it.request();
              it.answer(answer.replace("|", "\r\n"));
            })) {
      assertThat(reason(post(server.port())))
          .startsWith("127.0.0.1:" + server.port() + ": ")
          .contains(reason);
    }
  }

  @Test
  void ofALongAnswerTheFirst64KibAreKept() throws IOException {
    try (ScriptedServer server =
        new ScriptedServer(
            it -> {
              it.request();
              it.answer("HTTP/1.1 500 Oh\r\nContent-Length: 200000\r\n\r\n" + "a".repeat(200_000));
              it.request();
            })) {
      assertThat(content(post(server.port()))).isEqualTo("a".repeat(64 << 10));
      assertThat(calling.idleConnections()).isZero();
    }
  }

  @Test
  void anEndlessHeadIsAFailure() throws IOException {
    try (ScriptedServer server =
        new ScriptedServer(
            it -> {
              it.request();
              it.answer("HTTP/1.1 200 OK\r\nX: " + "a".repeat(100_000));
            })) {
      assertThat(reason(post(server.port()))).contains("headers are larger than 65536 bytes");
    }
  }

  @Test
  void theTimeIsForTheWholeExchange() throws IOException {
    try (ScriptedServer silent = new ScriptedServer(it -> it.in().transferTo(it.out()));
        ScriptedServer slow =
            new ScriptedServer(
                it -> {
                  it.request();
                  it.answer("HTTP/1.1 200 OK\r\nContent-Length: 100000\r\n\r\n");
                  while (it.in().available() == 0) {
                    it.answer("a");
                    java.util.concurrent.locks.LockSupport.parkNanos(5_000_000);
                  }
                });
        ServerSocket deaf = new ServerSocket(0)) {
      assertThat(reason(call(post("http://127.0.0.1:" + silent.port() + "/", 100))))
          .doesNotContain("within 100 ms"); // it sends our own request back
      assertThat(reason(call(post("http://127.0.0.1:" + slow.port() + "/", 100))))
          .endsWith("no answer within 100 ms");
      HttpCall large =
          new HttpCall(
              "POST",
              "http://127.0.0.1:" + deaf.getLocalPort() + "/",
              Map.of(),
              new byte[32 << 20],
              100);
      assertThat(reason(call(large))).endsWith("no answer within 100 ms");
    }
  }

  @Test
  void failuresNameThePlaceButNoSecret() throws IOException {
    int port;
    try (ServerSocket free = new ServerSocket(0)) {
      port = free.getLocalPort();
    }
    String secret = "http://joe:hunter2@127.0.0.1:" + port + "/T00/B00/token?key=abc";
    assertThat(reason(call(post(secret, LONG_MS))))
        .isEqualTo("127.0.0.1:" + port + ": connection refused");
    for (String bad :
        new String[] {
          "http://a b/secret", "ftp://a/secret", "secret", "http:///secret", "http:secret"
        }) {
      assertThat(reason(call(post(bad, LONG_MS)))).contains("URL").doesNotContain("secret");
    }
    HttpCall header =
        new HttpCall("GET", "http://a/", Map.of("X", "secret\r\n"), new byte[0], LONG_MS);
    assertThat(reason(call(header))).isEqualTo("a header that cannot be sent");
  }

  @Test
  void aNameNobodyKnowsIsAFailure() {
    assertThat(reason(call(post("http://no-such-host.invalid/secret", 5000))))
        .startsWith("no-such-host.invalid:80: ")
        .doesNotContain("secret");
  }

  @Test
  void aConnectionTheServerClosedMeanwhileIsNotUsed() throws Exception {
    CountDownLatch closed = new CountDownLatch(1);
    AtomicInteger turn = new AtomicInteger();
    try (ScriptedServer server =
        new ScriptedServer(
            it -> {
              it.request();
              it.answer(OK);
              if (turn.getAndIncrement() == 0) {
                it.out().close();
                closed.countDown();
              }
            })) {
      assertThat(content(post(server.port()))).isEqualTo("ok");
      closed.await();
      assertThat(content(post(server.port()))).isEqualTo("ok");
      assertThat(server.connections()).isEqualTo(2);
    }
  }

  /// The server may have acted on it: only the caller knows whether to send it again.
  @Test
  void aRequestThatIsNotAnsweredIsNotSentAgain() throws IOException {
    try (ScriptedServer server =
        new ScriptedServer(
            it -> {
              it.request();
              it.answer(OK);
              it.request();
            })) {
      assertThat(content(post(server.port()))).isEqualTo("ok");
      assertThat(reason(post(server.port()))).contains("closed before the answer");
      assertThat(server.requests).hasSize(2);
      assertThat(server.connections()).isEqualTo(1);
    }
  }

  @Test
  void aConnectionThatMustNotBeKeptIsNot() throws IOException {
    for (String line : new String[] {"Connection: close", "Keep-Alive: timeout=1"}) {
      try (ScriptedServer server =
          new ScriptedServer(
              it -> {
                while (!it.request().isEmpty()) {
                  it.answer("HTTP/1.1 200 OK\r\n" + line + "\r\nContent-Length: 2\r\n\r\nok");
                }
              })) {
        assertThat(content(post(server.port()))).isEqualTo("ok");
        assertThat(content(post(server.port()))).isEqualTo("ok");
        assertThat(server.connections()).as(line).isEqualTo(2);
      }
    }
  }

  @Test
  void thousandsOfCallsShareAFewConnections() throws Exception {
    RealServing serving = new RealServing(new TestClock(), alarms);
    AtomicInteger good = new AtomicInteger();
    Semaphore turns = new Semaphore(16);
    try (Listening listening =
        serving.listen(
            ListenConfig.of("127.0.0.1", 0),
            request -> HttpReply.of(200, "a/b", request.body(99)))) {
      HttpCall call = post("http://127.0.0.1:" + listening.port() + "/", LONG_MS);
      for (int i = 0; i < 5000; i++) {
        turns.acquire();
        calling.call(
            call,
            outcome -> {
              good.addAndGet(content(outcome).equals("hello") ? 1 : 0);
              turns.release();
            });
      }
      turns.acquire(16);
      assertThat(good.get()).isEqualTo(5000);
      assertThat(listening.stats().accepted()).isLessThanOrEqualTo(100);
      assertThat(listening.stats().requests()).isEqualTo(5000);
    }
  }

  @Test
  void tooManyCallsAtOnceFailAtOnce() throws Exception {
    CountDownLatch go = new CountDownLatch(1);
    try (ScriptedServer silent = new ScriptedServer(it -> awaited(go))) {
      CountDownLatch ended = new CountDownLatch(RealCalling.CALLS_MAX);
      HttpCall call = post("http://127.0.0.1:" + silent.port() + "/", LONG_MS);
      for (int i = 0; i < RealCalling.CALLS_MAX; i++) {
        calling.call(call, _ -> ended.countDown());
      }
      assertThat(reason(call(call))).isEqualTo("1024 calls are under way already");
      go.countDown();
      ended.await();
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

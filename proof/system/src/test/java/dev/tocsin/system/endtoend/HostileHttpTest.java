package dev.tocsin.system.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tocsin.bench.http.HttpAnswer;
import dev.tocsin.bench.http.HttpConnection;
import dev.tocsin.bench.peer.TocsinAgent;
import dev.tocsin.bench.process.Await;
import dev.tocsin.bench.webhook.WebhookReceiver;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/// Clients that no decent program is; after each of them the next good request is answered.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class HostileHttpTest {
  private static final String WRITE_HEAD =
      String.join(
          "\r\n",
          "POST /api/v1/write HTTP/1.1",
          "Host: x",
          "Content-Type: application/x-protobuf",
          "Content-Encoding: snappy",
          "");

  /// What the server may do: an answer with one of these, or closing without one (0).
  private record Kind(String name, String bytes, List<Integer> statuses) {}

  private static final List<Kind> KINDS =
      List.of(
          new Kind("no HTTP at all", "\0\1\2\3\r\n\r\n", List.of(400, 0)),
          new Kind("a TLS greeting", "\u0016\u0003\u0001\u0002\0\u0001\r\n\r\n", List.of(400, 0)),
          new Kind("an unknown version", "GET / HTTP/9.9\r\nHost: x\r\n\r\n", List.of(400, 505)),
          new Kind("a header without a name", "GET / HTTP/1.1\r\n: x\r\n\r\n", List.of(400)),
          new Kind("a header without a colon", "GET / HTTP/1.1\r\nbad\r\n\r\n", List.of(400)),
          new Kind("no Host", "GET / HTTP/1.1\r\n\r\n", List.of(400)),
          new Kind(
              "a huge header",
              "GET / HTTP/1.1\r\nHost: x\r\nA: " + "a".repeat(100_000) + "\r\n\r\n",
              List.of(431)),
          new Kind(
              "a huge path", "GET /" + "a".repeat(100_000) + " HTTP/1.1\r\n", List.of(414, 431)),
          new Kind(
              "many headers",
              "GET / HTTP/1.1\r\nHost: x\r\n" + "A: b\r\n".repeat(5_000) + "\r\n",
              List.of(431)),
          new Kind(
              "a length that is no number",
              WRITE_HEAD + "Content-Length: ten\r\n\r\n",
              List.of(400)),
          new Kind("a negative length", WRITE_HEAD + "Content-Length: -5\r\n\r\n", List.of(400)),
          new Kind(
              "two lengths",
              WRITE_HEAD + "Content-Length: 5\r\nContent-Length: 6\r\n\r\nabcdef",
              List.of(400)),
          new Kind(
              "a length and chunks",
              WRITE_HEAD + "Content-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
              List.of(400)),
          new Kind(
              "an endless length",
              WRITE_HEAD + "Content-Length: 99999999999999\r\n\r\n",
              List.of(400, 413)),
          new Kind(
              "a chunk that is no number",
              WRITE_HEAD + "Transfer-Encoding: chunked\r\n\r\nzz\r\nabc\r\n0\r\n\r\n",
              List.of(400)),
          new Kind(
              "a negative chunk",
              WRITE_HEAD + "Transfer-Encoding: chunked\r\n\r\n-3\r\nabc\r\n0\r\n\r\n",
              List.of(400)),
          new Kind(
              "a chunk size beyond all numbers",
              WRITE_HEAD + "Transfer-Encoding: chunked\r\n\r\nffffffffffffffffff\r\nabc",
              List.of(400, 413)),
          new Kind(
              "a folded header", "GET / HTTP/1.1\r\nHost: x\r\nA: b\r\n c\r\n\r\n", List.of(400)),
          new Kind("a wrong method", "DELETE /metrics HTTP/1.1\r\nHost: x\r\n\r\n", List.of(405)),
          new Kind(
              "a body that is no snappy",
              WRITE_HEAD + "Content-Length: 5\r\n\r\nabcde",
              List.of(400)));

  private TocsinAgent agent;
  private WebhookReceiver receiver;
  private int good;

  @BeforeAll
  void start(@TempDir Path folder) {
    receiver = WebhookReceiver.start();
    agent = Given.rooms(folder, receiver).start().untilReady();
  }

  @AfterAll
  void stop() {
    if (agent != null) {
      agent.close();
    }
    receiver.close();
  }

  @AfterEach
  void theNextGoodRequestWorks() throws Exception {
    assertThat(Given.write(agent, Given.celsius("good-" + good++, 10)).status()).isEqualTo(204);
    assertThat(agent.status("/-/ready")).isEqualTo(200);
  }

  private int statusOf(String bytes) throws IOException {
    try (HttpConnection connection = HttpConnection.open(agent.address())) {
      try {
        connection.sendRaw(bytes.getBytes(StandardCharsets.ISO_8859_1));
      } catch (IOException e) {
        // Answered and closed before all was sent: the answer may still be there.
      }
      return connection.readAnswer("GET").status();
    } catch (java.io.EOFException | java.net.SocketException e) {
      return 0;
    }
  }

  @TestFactory
  List<DynamicTest> everyKindHasItsStatus() {
    List<DynamicTest> tests = new ArrayList<>();
    for (Kind kind : KINDS) {
      tests.add(
          DynamicTest.dynamicTest(
              kind.name,
              () -> {
                assertThat(statusOf(kind.bytes)).isIn(kind.statuses);
                theNextGoodRequestWorks();
              }));
    }
    return tests;
  }

  @Test
  void bodiesThatStopHalfWay() throws Exception {
    long before = (long) agent.metric("tocsin_samples_received_total", "");
    for (String start :
        List.of(
            "Content-Length: 1000\r\n\r\nabc",
            "Transfer-Encoding: chunked\r\n\r\n40\r\nabc",
            "Transfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n")) {
      for (int i = 0; i < 50; i++) {
        try (HttpConnection connection = HttpConnection.open(agent.address())) {
          connection.sendRaw((WRITE_HEAD + start).getBytes(StandardCharsets.ISO_8859_1));
        }
      }
    }
    theNextGoodRequestWorks();
    assertThat((long) agent.metric("tocsin_samples_received_total", "")).isEqualTo(before + 1);
  }

  @Test
  void slowSendersHoldUpNobody() throws Exception {
    try (Crowd heads = Crowd.connect(agent.address(), 100);
        Crowd bodies = Crowd.connect(agent.address(), 100)) {
      String head = WRITE_HEAD + "Content-Length: 100\r\n\r\n";
      int _ = bodies.sendAll(head);
      for (int i = 0; i < 20; i++) {
        int _ = heads.sendAll(head.substring(i, i + 1));
        int _ = bodies.sendAll("a");
        theNextGoodRequestWorks();
      }
    }
  }

  @Test
  void hundredsOfIdleConnections() throws Exception {
    crowd(300);
  }

  @Test
  @Tag("deep")
  void fiveThousandIdleConnections() throws Exception {
    crowd(5_000);
  }

  private void crowd(int count) throws IOException {
    try (Crowd crowd = Crowd.connect(agent.address(), count)) {
      HttpAnswer answer = Given.write(agent, Given.celsius("crowded-" + count, 10));
      assertThat(answer.status()).isEqualTo(204);
      assertThat(agent.get("/").status()).isEqualTo(200);
      assertThat(crowd.sendAll("GET /-/ready HTTP/1.1\r\nHost: x\r\n\r\n")).isPositive();
      assertThat(agent.query("room_celsius{room=\"crowded-" + count + "\"}")).hasSize(1);
    }
    Await.until("all is calm", Duration.ofSeconds(10), () -> agent.status("/-/ready") == 200);
    assertThat(agent.run().figures().residentMaxKib()).isLessThan(200_000);
  }

  @Test
  void anAnswerThatNobodyReads() throws Exception {
    try (Crowd crowd = Crowd.connect(agent.address(), 50)) {
      for (int i = 0; i < 20; i++) {
        int _ = crowd.sendAll("GET /metrics HTTP/1.1\r\nHost: x\r\n\r\n");
      }
      theNextGoodRequestWorks();
    }
  }
}

package dev.tocsin.bench.webhook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tocsin.bench.http.HttpConnection;
import java.io.EOFException;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// The receiver as raw sockets meet it.
class ConnectionTest {
  private static final String POST = "POST /alerts HTTP/1.1\r\nHost: here\r\n";
  private static final byte[] NONE = {};

  private final WebhookReceiver receiver = WebhookReceiver.start();

  @AfterEach
  void close() {
    receiver.close();
  }

  private HttpConnection open() throws IOException {
    return HttpConnection.open(receiver.url());
  }

  private static void send(HttpConnection connection, String text) throws IOException {
    connection.sendRaw(text.getBytes(StandardCharsets.ISO_8859_1));
  }

  private static String message(String body) {
    return POST + "Content-Length: " + body.length() + "\r\n\r\n" + body;
  }

  private String bodies() {
    StringBuilder bodies = new StringBuilder();
    receiver
        .messages()
        .forEach(of -> bodies.append(new String(of.body(), StandardCharsets.UTF_8)).append(' '));
    return bodies.toString();
  }

  private static void assertEnded(HttpConnection connection) {
    assertThatThrownBy(() -> connection.readAnswer("GET")).isInstanceOf(EOFException.class);
  }

  @Test
  void requestsSentAtOnceAreAnsweredInTheirOrder() throws Exception {
    try (HttpConnection connection = open()) {
      send(connection, message("one") + message("two") + "HEAD / HTTP/1.1\r\n\r\n" + "GET / HTTP/");
      for (String method : new String[] {"POST", "POST", "HEAD"}) {
        assertThat(connection.readAnswer(method).status()).isEqualTo(200);
      }
      send(connection, "1.1\r\n\r\n");
      assertThat(connection.readAnswer("GET").status()).isEqualTo(200);
    }
    assertThat(bodies()).isEqualTo("one two ");
  }

  @Test
  void bytesMayComeOneByOne() throws Exception {
    String chunked =
        POST + "Transfer-Encoding: chunked\r\n\r\n2\r\nth\r\n3\r\nree\r\n0\r\n\r\n" + message("4");
    try (HttpConnection connection = open()) {
      for (int i = 0; i < chunked.length(); i++) {
        send(connection, chunked.substring(i, i + 1));
      }
      assertThat(connection.readAnswer("POST").status()).isEqualTo(200);
      assertThat(connection.readAnswer("POST").status()).isEqualTo(200);
    }
    assertThat(bodies()).isEqualTo("three 4 ");
  }

  @Test
  void everyMethodIsAnsweredAndOnlyAPostIsAMessage() throws Exception {
    try (HttpConnection connection = open()) {
      for (String method : new String[] {"HEAD", "GET", "OPTIONS", "PUT"}) {
        assertThat(connection.send(method, "/", Map.of(), NONE).status()).isEqualTo(200);
      }
      receiver.answerWith(204);
      assertThat(connection.send("POST", "/", Map.of(), NONE).status()).isEqualTo(204);
    }
    assertThat(receiver.count()).isEqualTo(1);
  }

  @Test
  void theBodyThatWaitsForLeaveIsGivenIt() throws Exception {
    try (HttpConnection connection = open()) {
      send(connection, POST + "Content-Length: 4\r\nExpect: 100-continue\r\n\r\n");
      assertThat(connection.readAnswer("POST").status()).isEqualTo(100);
      assertThat(receiver.count()).isZero();
      send(connection, "late");
      assertThat(connection.readAnswer("POST").status()).isEqualTo(200);
    }
    assertThat(bodies()).isEqualTo("late ");
  }

  @Test
  void whoWantsToCloseIsAnsweredBefore() throws Exception {
    try (HttpConnection connection = open()) {
      send(connection, message("last").replace("Host: here", "Connection: close"));
      assertThat(connection.readAnswer("POST").header("Connection")).isEqualTo("close");
      assertEnded(connection);
    }
    assertThat(bodies()).isEqualTo("last ");
  }

  @Test
  void whatIsNoRequestIsAnsweredAndEndsTheConnection() throws Exception {
    try (HttpConnection connection = open()) {
      send(connection, "POST / HTTP/1.1\r\nContent-Length: x\r\n\r\n" + "rest".repeat(10_000));
      assertThat(connection.readAnswer("POST").status()).isEqualTo(400);
      assertEnded(connection);
    }
    assertThat(receiver.count()).isZero();
  }

  @Test
  void refusingEndsConnectionsAndAnswersThatAreWaitedFor() throws Exception {
    try (HttpConnection idle = open();
        HttpConnection waiting = open()) {
      assertThat(idle.send("GET", "/", Map.of(), NONE).status()).isEqualTo(200);
      receiver.answerAfter(3_600_000);
      send(waiting, message("late"));
      WebhookMessage _ = receiver.await("noted, not answered", Duration.ofSeconds(10), _ -> true);
      receiver.refuse();
      assertEnded(idle);
      assertEnded(waiting);
      assertThatThrownBy(this::open).isInstanceOf(ConnectException.class);
      receiver.answerAfter(0);
      receiver.listenAgain();
      try (HttpConnection next = open()) {
        assertThat(next.send("GET", "/", Map.of(), NONE).status()).isEqualTo(200);
      }
    }
  }

  @Test
  void aConnectionBeyondTheLimitIsClosedAndCounted() throws Exception {
    AtomicInteger turnedAway = new AtomicInteger();
    try (Listening listening = Listening.open(0, 1, _ -> new Reply(200, 0), turnedAway)) {
      URI address = URI.create("http://127.0.0.1:" + listening.port());
      try (HttpConnection first = HttpConnection.open(address);
          HttpConnection second = HttpConnection.open(address)) {
        assertThat(first.send("GET", "/", Map.of(), NONE).status()).isEqualTo(200);
        assertEnded(second);
        assertThat(turnedAway).hasValue(1);
        assertThat(first.send("GET", "/", Map.of(), NONE).status()).isEqualTo(200);
      }
    }
  }
}

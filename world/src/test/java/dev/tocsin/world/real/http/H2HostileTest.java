package dev.tocsin.world.real.http;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tocsin.world.net.HttpHandler;
import dev.tocsin.world.net.HttpReply;
import dev.tocsin.world.net.HttpServing.ListenConfig;
import dev.tocsin.world.real.http.hpack.HpackWriter;
import dev.tocsin.world.real.schedule.Alarms;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/// Clients of HTTP/2 that mean no good: each is sent away, holds nothing, and keeps nobody else
/// from being served.
@Timeout(60)
@Execution(ExecutionMode.SAME_THREAD)
class H2HostileTest {
  private static final int FLOOD = 100_000;
  private static final byte[] NOTHING = {};

  private final Alarms alarms = new Alarms();
  private final RealServing serving = new RealServing(new TestClock(), alarms);
  private Listener listener;

  H2HostileTest() throws IOException {
    HttpHandler handler = request -> HttpReply.text(200, "read " + request.body(1 << 20).length);
    listener = listen(handler);
  }

  private Listener listen(HttpHandler handler) throws IOException {
    ListenConfig config = new ListenConfig("127.0.0.1", 0, 100, 16 << 10, 60, 1, true);
    return (Listener) serving.listen(config, handler);
  }

  @BeforeEach
  void begin() throws IOException {
    servesStill();
  }

  @AfterEach
  void end() throws IOException {
    servesStill();
    while (listener.stats().open() > 0) {
      Thread.onSpinWait();
    }
    assertThat(listener.headBytes.taken()).isZero();
    assertThat(listener.bodyBytes.taken()).isZero();
    assertThat(listener.stats().lastFailure()).isEmpty();
    listener.close();
    alarms.close();
  }

  private void servesStill() throws IOException {
    try (H2Peer good = H2Peer.open(listener.port())) {
      good.request(1, H2Peer.post("/"), false).data(1, new byte[3], true);
      assertThat(good.answer(1).text()).isEqualTo("read 3");
    }
  }

  private interface Attack {
    void on(H2Peer peer) throws IOException;
  }

  /// With which error the server ends the connection; what it does not take any more is no error of
  /// the test.
  private int endOf(Attack attack) throws IOException {
    try (H2Peer peer = H2Peer.open(listener.port())) {
      try {
        attack.on(peer);
      } catch (IOException _) {
        // It has closed already.
      }
      return peer.goneWith();
    }
  }

  private int floodOf(byte[]... frames) throws IOException {
    return endOf(
        peer -> {
          for (int i = 0; i < FLOOD; i++) {
            for (byte[] frame : frames) {
              peer.raw(frame);
            }
          }
        });
  }

  /// A flood ends with this code, or by a reset that overtook it.
  private static void isCalmed(int code) {
    assertThat(code).isIn(H2.ENHANCE_YOUR_CALM, -1);
  }

  @Test
  void floodsOfFramesThatBringNothingEnd() throws IOException {
    isCalmed(floodOf(H2Peer.bytes(H2.PRIORITY, 0, 1, new byte[5])));
    isCalmed(floodOf(H2Peer.bytes(H2.WINDOW_UPDATE, 0, 0, new byte[] {0, 0, 0, 1})));
    isCalmed(floodOf(H2Peer.bytes(77, 0, 0, NOTHING)));
    isCalmed(
        endOf(
            peer -> {
              peer.request(1, H2Peer.post("/"), false);
              for (int i = 0; i < FLOOD; i++) {
                peer.data(1, NOTHING, false);
              }
            }));
  }

  @Test
  void floodsThatWantAnswersEnd() throws IOException {
    // Each makes the server write; that nobody reads it must not keep the server either.
    isCalmed(floodOf(H2Peer.bytes(H2.PING, 0, 0, new byte[8])));
    isCalmed(floodOf(H2Peer.bytes(H2.SETTINGS, 0, 0, NOTHING)));
    byte[] settings = new byte[6 * 2000];
    for (int i = 0; i < settings.length; i += 6) {
      settings[i + 1] = 77;
    }
    isCalmed(floodOf(H2Peer.bytes(H2.SETTINGS, 0, 0, settings)));
  }

  @Test
  void rapidResetEnds() throws IOException {
    isCalmed(
        endOf(
            peer -> {
              for (int i = 1; i < 2 * FLOOD; i += 2) {
                peer.request(i, H2Peer.get("/"), true).frame(H2.RST_STREAM, i, H2.CANCEL);
              }
            }));
    assertThat(listener.stats().requests()).isLessThan(5000);
  }

  @Test
  void requestsBeyondTheLimitAreRefusedAndMayComeAgain() throws IOException {
    CountDownLatch go = new CountDownLatch(1);
    HttpHandler waits =
        _ -> {
          try {
            go.await();
          } catch (InterruptedException e) {
            throw new IllegalStateException(e);
          }
          return HttpReply.text(200, "done");
        };
    try (Listener slow = listen(waits);
        H2Peer peer = H2Peer.open(slow.port())) {
      for (int i = 0; i <= H2.STREAMS_MAX; i++) {
        peer.request(2 * i + 1, H2Peer.get("/"), true);
      }
      H2Peer.Frame refused = peer.await(H2.RST_STREAM);
      assertThat(refused.stream()).isEqualTo(2 * H2.STREAMS_MAX + 1);
      assertThat(refused.number(0)).isEqualTo(H2.REFUSED_STREAM);
      // What is taken back counts as long as its handler runs.
      peer.frame(H2.RST_STREAM, 1, H2.CANCEL).request(101, H2Peer.get("/"), true);
      assertThat(peer.await(H2.RST_STREAM).stream()).isEqualTo(101);
      go.countDown();
      assertThat(peer.answer(3).text()).isEqualTo("done");
    }
  }

  @Test
  void headersWithoutEndAreCutOff() throws IOException {
    int code =
        endOf(
            peer -> {
              peer.frame(H2.HEADERS, 0, 1, H2Peer.get("/"));
              for (int i = 0; i < FLOOD; i++) {
                peer.frame(H2.CONTINUATION, 0, 1, NOTHING);
              }
            });
    isCalmed(code);
    isCalmed(
        endOf(
            peer -> {
              peer.frame(H2.HEADERS, 0, 1, H2Peer.get("/"));
              for (int i = 0; i < 100; i++) {
                peer.frame(H2.CONTINUATION, 0, 1, new byte[10_000]);
              }
            }));
  }

  @Test
  void fewBytesThatNameALargeHeaderOftenAreCutOff() throws IOException {
    ByteArrayOutputStream bomb = new ByteArrayOutputStream();
    bomb.writeBytes(H2Peer.get("/"));
    bomb.write(0x40); // kept in the table
    byte[] large = new HpackWriter().add("x", "y".repeat(3900)).bytes();
    bomb.write(large, 1, large.length - 1);
    for (int i = 0; i < 8000; i++) {
      bomb.write(0xbe);
    }
    assertThat(endOf(peer -> peer.request(1, bomb.toByteArray(), true)))
        .isEqualTo(H2.ENHANCE_YOUR_CALM);
  }

  @Test
  void whatBreaksTheProtocolEndsTheConnection() throws IOException {
    assertThat(endOf(p -> p.frame(H2.DATA, 0, 1, new byte[H2.FRAME_BYTES_MAX + 1])))
        .isEqualTo(H2.FRAME_SIZE_ERROR);
    assertThat(endOf(p -> p.data(1, new byte[3], true))).isEqualTo(H2.PROTOCOL_ERROR);
    assertThat(endOf(p -> p.data(0, new byte[3], true))).isEqualTo(H2.PROTOCOL_ERROR);
    assertThat(endOf(p -> p.request(2, H2Peer.get("/"), true))).isEqualTo(H2.PROTOCOL_ERROR);
    assertThat(endOf(p -> p.frame(H2.PUSH_PROMISE, 0, 1, new byte[8])))
        .isEqualTo(H2.PROTOCOL_ERROR);
    assertThat(endOf(p -> p.frame(H2.CONTINUATION, 0, 1, NOTHING))).isEqualTo(H2.PROTOCOL_ERROR);
    assertThat(endOf(p -> p.frame(H2.PING, 0, 0, new byte[7]))).isEqualTo(H2.FRAME_SIZE_ERROR);
    assertThat(endOf(p -> p.frame(H2.SETTINGS, 0, 0, new byte[7]))).isEqualTo(H2.FRAME_SIZE_ERROR);
    assertThat(endOf(p -> p.frame(H2.SETTINGS, 0, 1, NOTHING))).isEqualTo(H2.PROTOCOL_ERROR);
    assertThat(endOf(p -> p.frame(H2.WINDOW_UPDATE, 0, 0))).isEqualTo(H2.PROTOCOL_ERROR);
    assertThat(endOf(p -> p.frame(H2.WINDOW_UPDATE, 0, Integer.MAX_VALUE)))
        .isEqualTo(H2.FLOW_CONTROL_ERROR);
    assertThat(endOf(p -> p.frame(H2.RST_STREAM, 7, 0))).isEqualTo(H2.PROTOCOL_ERROR);
    assertThat(endOf(p -> p.request(1, new byte[] {(byte) 0xff, 0x7f}, true)))
        .isEqualTo(H2.COMPRESSION_ERROR);
    byte[] padded = {9, 0, 0};
    assertThat(
            endOf(p -> p.request(1, H2Peer.post("/"), false).frame(H2.DATA, H2.PADDED, 1, padded)))
        .isEqualTo(H2.PROTOCOL_ERROR);
  }

  @Test
  void aFirstFrameThatIsNoSettingsEndsTheConnection() throws IOException {
    try (H2Peer peer = H2Peer.silent(listener.port())) {
      peer.raw(H2.PREFACE).frame(H2.PING, 0, 0, new byte[8]);
      assertThat(peer.goneWith()).isEqualTo(H2.PROTOCOL_ERROR);
    }
  }

  @Test
  void aBodyBeyondTheWindowEndsTheConnection() throws IOException {
    HttpHandler never =
        request -> {
          while (!request.isAbandoned()) {
            Thread.onSpinWait();
          }
          return HttpReply.empty(200);
        };
    try (Listener other = listen(never);
        H2Peer peer = H2Peer.open(other.port())) {
      peer.request(1, H2Peer.post("/"), false);
      for (int i = 0; i <= H2.STREAM_WINDOW / H2.FRAME_BYTES_MAX; i++) {
        peer.data(1, new byte[H2.FRAME_BYTES_MAX], false);
      }
      assertThat(peer.goneWith()).isEqualTo(H2.FLOW_CONTROL_ERROR);
    }
  }

  @Test
  void requestsThatAreNoneAreResetAndTheConnectionGoesOn() throws IOException {
    try (H2Peer peer = H2Peer.open(listener.port())) {
      String[][] wrong = {
        {":method", "GET", ":path", "/"},
        {":method", "GET", ":scheme", "http"},
        {":method", "GET", ":scheme", "http", ":path", "no"},
        {":method", "GET", ":method", "GET", ":scheme", "http", ":path", "/"},
        {":method", "GET", ":scheme", "http", ":path", "/", ":other", "x"},
        {"a", "b", ":method", "GET", ":scheme", "http", ":path", "/"},
        {":method", "GET", ":scheme", "http", ":path", "/", "Upper", "x"},
        {":method", "GET", ":scheme", "http", ":path", "/", "connection", "close"},
        {":method", "GET", ":scheme", "http", ":path", "/", "te", "gzip"},
        {":method", "GET", ":scheme", "http", ":path", "/", "a", "b\r\nc: d"},
        {":method", "G T", ":scheme", "http", ":path", "/"},
        {":method", "GET", ":scheme", "http", ":path", "/", "content-length", "-1"},
      };
      int stream = 1;
      for (String[] headers : wrong) {
        assertThat(peer.request(stream, H2Peer.block(headers), true).answer(stream).headers())
            .as(String.join(" ", headers))
            .containsEntry("reset", Integer.toString(H2.PROTOCOL_ERROR));
        stream += 2;
      }
      assertThat(peer.request(stream, H2Peer.get("/"), true).answer(stream).status())
          .isEqualTo("200");
    }
  }

  @Test
  void aBodyThatDoesNotComeInTimeIsGivenUp() throws IOException {
    try (H2Peer peer = H2Peer.open(listener.port())) {
      peer.request(1, H2Peer.post("/"), false).data(1, new byte[3], false);
      assertThat(peer.answer(1).status()).isEqualTo("400");
    }
  }

  @Test
  void aFrameThatDoesNotComeInTimeEndsTheConnection() throws IOException {
    try (H2Peer peer = H2Peer.open(listener.port())) {
      peer.raw(new byte[] {0, 0, 9});
      assertThat(peer.goneWith()).isEqualTo(-1);
    }
    try (H2Peer peer = H2Peer.silent(listener.port())) {
      peer.raw("PRI * HTTP/2.0\r\n".getBytes(US_ASCII));
      assertThat(peer.goneWith()).isEqualTo(-1);
    } catch (EOFException _) {
      // So it did.
    }
  }
}

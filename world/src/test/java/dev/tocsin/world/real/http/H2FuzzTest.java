package dev.tocsin.world.real.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tocsin.world.net.HttpReply;
import dev.tocsin.world.net.HttpServing.ListenConfig;
import dev.tocsin.world.real.schedule.Alarms;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// Sequences of frames, some of them damaged: whatever comes, the server keeps nothing of it,
/// throws nothing, and serves the next client.
class H2FuzzTest {
  private static final int LONG_SEEDS = 200_000;
  private static final long GIVEN_BACK_NANOS = 5_000_000_000L;

  private static byte[] frames(SplittableRandom random) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.writeBytes(H2.PREFACE);
    out.writeBytes(H2Peer.bytes(H2.SETTINGS, 0, 0, new byte[0]));
    int count = random.nextInt(1, 25);
    for (int i = 0; i < count; i++) {
      out.writeBytes(frame(random));
    }
    byte[] all = out.toByteArray();
    if (random.nextInt(3) == 0) {
      int damages = random.nextInt(1, 6);
      for (int i = 0; i < damages; i++) {
        all[random.nextInt(H2.PREFACE.length, all.length)] = (byte) random.nextInt(256);
      }
    }
    return all;
  }

  private static byte[] frame(SplittableRandom random) {
    int stream = random.nextInt(4) == 0 ? random.nextInt(12) : 1 + 2 * random.nextInt(8);
    byte[] some = new byte[random.nextInt(4) == 0 ? random.nextInt(2000) : random.nextInt(12)];
    random.nextBytes(some);
    int flags = random.nextInt(5) == 0 ? random.nextInt(256) : random.nextInt(2) * H2.END_STREAM;
    return switch (random.nextInt(10)) {
      case 0, 1, 2 ->
          H2Peer.bytes(H2.HEADERS, flags | H2.END_HEADERS, stream, H2Peer.post("/" + stream));
      case 3, 4 -> H2Peer.bytes(H2.DATA, flags, stream, some);
      case 5 -> H2Peer.bytes(H2.HEADERS, flags, stream, some);
      case 6 -> H2Peer.bytes(H2.WINDOW_UPDATE, 0, random.nextInt(2) * stream, four(random));
      case 7 -> H2Peer.bytes(H2.RST_STREAM, 0, stream, four(random));
      case 8 -> H2Peer.bytes(H2.CONTINUATION, flags, stream, some);
      default -> H2Peer.bytes(random.nextInt(12), flags, random.nextInt(2) * stream, some);
    };
  }

  private static byte[] four(SplittableRandom random) {
    byte[] four = new byte[4];
    random.nextBytes(four);
    return four;
  }

  private static long held(Listener listener) {
    return listener.headBytes.taken() + listener.bodyBytes.taken();
  }

  private static void run(int seeds) throws IOException {
    Alarms alarms = new Alarms();
    RealServing serving = new RealServing(new TestClock(), alarms);
    ListenConfig config = new ListenConfig("127.0.0.1", 0, 100, 4096, 60, 5, true);
    try (Listener listener =
        (Listener)
            serving.listen(
                config, request -> HttpReply.text(200, "" + request.body(1000).length))) {
      for (int seed = 0; seed < seeds; seed++) {
        try (Peer peer = new Peer(listener.port())) {
          peer.send(frames(new SplittableRandom(seed))).endSending();
          var _ = peer.rest();
        } catch (java.net.SocketException _) {
          // It was sent away before it had sent all.
        }
        if (seed % 50 == 49) {
          try (H2Peer good = H2Peer.open(listener.port())) {
            good.request(1, H2Peer.post("/"), false).data(1, new byte[3], true);
            assertThat(good.answer(1).text()).as("seed %d", seed).isEqualTo("3");
          }
          while (listener.stats().open() > 0) {
            Thread.onSpinWait();
          }
          // A handler may be at its last steps when its connection is closed.
          long untilNanos = System.nanoTime() + GIVEN_BACK_NANOS;
          while (held(listener) > 0 && System.nanoTime() < untilNanos) {
            Thread.onSpinWait();
          }
          assertThat(held(listener)).as("seed %d", seed).isZero();
          assertThat(listener.stats().lastFailure()).as("seed %d", seed).isEmpty();
        }
      }
    } finally {
      alarms.close();
    }
  }

  @Test
  @Timeout(120)
  void damagedFramesHarmNobody() throws IOException {
    run(2_000);
  }

  @Test
  @Tag("deep")
  void damagedFramesHarmNobodyForLong() throws IOException {
    run(LONG_SEEDS);
  }
}

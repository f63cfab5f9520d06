package dev.tocsin.collect.remotewrite;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tocsin.pipeline.accounting.Accounts;
import dev.tocsin.world.net.HttpReply;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class HostileBodiesTest {
  static final int BODY_BYTES_MAX = 1 << 20;
  static final int DECODED_BYTES_MAX = 12 << 20;
  static final int SAMPLES_MAX = 512;

  private static final int BODIES = 200;

  static List<HostileKind> kinds() {
    return HostileKind.ALL;
  }

  @ParameterizedTest
  @MethodSource("kinds")
  void everyKindIsAnsweredAndHarmsNothing(HostileKind kind) {
    RemoteWriteLimits limits =
        new RemoteWriteLimits(BODY_BYTES_MAX, DECODED_BYTES_MAX, SAMPLES_MAX, 16 << 20, 2);
    Receiver receiver = new Receiver(limits, 4, 100_000);
    for (int i = 0; i < BODIES; i++) {
      long seed = kind.name().hashCode() * 1000L + i;
      FakeRequest hostile = kind.generator().next(new SplittableRandom(seed), Receiver.NOW_MS);
      HttpReply reply = receiver.handle(hostile);
      assertThat(reply.status())
          .as("%s, seed %d: %s", kind, seed, Receiver.text(reply))
          .isEqualTo(kind.status());
      assertThat(reply.content().length == 0).isEqualTo(reply.status() == 204);
      Accounts after = receiver.balanced();
      assertThat(after.inFlight()).as("seed %d", seed).isZero();
      goodRequestWorks(receiver, after, i);
    }
  }

  private static void goodRequestWorks(Receiver receiver, Accounts before, int i) {
    byte[] good =
        WriteBody.series(
            WriteBody.labels("__name__", "good", "job", "test"),
            WriteBody.sample(Receiver.NOW_MS + i, i));
    HttpReply reply = receiver.post(WriteBody.snappy(good));
    assertThat(reply.status()).as(Receiver.text(reply)).isEqualTo(204);
    Accounts after = receiver.balanced();
    assertThat(after.appliedDurable()).isEqualTo(before.appliedDurable() + 1);
    assertThat(after.received()).isEqualTo(before.received() + 1);
    assertThat(receiver.came.getLast().bits()).isEqualTo(Double.doubleToRawLongBits(i));
  }
}

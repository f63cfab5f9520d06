package dev.tocsin.collect.otlp;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tocsin.pipeline.accounting.Accounts;
import dev.tocsin.world.net.HttpReply;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class HostileOtlpTest {
  private static final int BODIES = 100;

  static List<HostileOtlp> kinds() {
    return HostileOtlp.ALL;
  }

  @ParameterizedTest
  @MethodSource("kinds")
  void everyKindIsAnsweredAndHarmsNothing(HostileOtlp kind) {
    OtlpLimits limits =
        new OtlpLimits(
            HostileOtlp.BODY_BYTES_MAX, HostileOtlp.DECODED_BYTES_MAX, HostileOtlp.SAMPLES_MAX, 2);
    OtlpReceiver receiver = new OtlpReceiver(OtlpOptions.DEFAULT, limits, 4, 100_000);
    for (int i = 0; i < BODIES; i++) {
      long seed = kind.name().hashCode() * 1000L + i;
      OtlpRequest hostile = kind.generator().next(new SplittableRandom(seed), OtlpReceiver.NOW_MS);
      HttpReply reply = receiver.handle(hostile);
      assertThat(reply.status())
          .as("%s, seed %d: %s", kind, seed, OtlpReceiver.text(reply))
          .isEqualTo(kind.status());
      if (kind.status() == 200) {
        assertThat(OtlpReceiver.said(reply).isEmpty())
            .as("%s, seed %d: %s", kind, seed, OtlpReceiver.text(reply))
            .isNotEqualTo(kind.rejects());
      }
      Accounts after = receiver.balanced();
      assertThat(after.inFlight()).as("seed %d", seed).isZero();
      goodRequestWorks(receiver, after, i);
    }
  }

  private static void goodRequestWorks(OtlpReceiver receiver, Accounts before, int i) {
    byte[] metric =
        OtlpBody.metric("good", "", OtlpBody.gauge(OtlpBody.point(OtlpReceiver.NOW_MS + i, i)));
    HttpReply reply = receiver.post(OtlpBody.request(new byte[0], metric));
    assertThat(reply.status()).isEqualTo(200);
    assertThat(OtlpReceiver.said(reply)).isEmpty();
    Accounts after = receiver.balanced();
    assertThat(after.appliedDurable()).isEqualTo(before.appliedDurable() + 1);
    assertThat(after.received()).isEqualTo(before.received() + 1);
    assertThat(receiver.came.getLast()).isEqualTo("good " + (double) i + " @ " + i);
  }
}

package dev.tocsin.collect.text;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tocsin.collect.remotewrite.Receiver;
import dev.tocsin.pipeline.accounting.Accounts;
import dev.tocsin.world.net.HttpReply;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class HostileTextsTest {
  private static final int TEXTS = 40;

  static List<HostileText> kinds() {
    return HostileText.ALL;
  }

  @ParameterizedTest
  @MethodSource("kinds")
  void everyKindIsAnsweredAndHarmsNothing(HostileText kind) {
    TextLimits limits =
        new TextLimits(
            HostileText.BODY_BYTES_MAX, HostileText.TEXT_BYTES_MAX, HostileText.SAMPLES_MAX, 2);
    TextRig rig = new TextRig(limits, 16 << 20, 4, 100_000);
    for (int i = 0; i < TEXTS; i++) {
      long seed = kind.name().hashCode() * 1000L + i;
      String inside = "inside{i=\"" + i + "\"}";
      TextRequest hostile = kind.generator().next(new SplittableRandom(seed), inside + " 1\n");
      HttpReply reply = rig.handle(hostile);
      String answer = Receiver.text(reply);
      assertThat(reply.status()).as("%s, seed %d: %s", kind, seed, answer).isEqualTo(kind.status());
      assertThat(answer.isEmpty()).isEqualTo(reply.status() == 204);
      assertThat(answer.length()).as("%s", kind).isLessThan(1000);
      boolean isKept = rig.came().stream().anyMatch(HostileTextsTest::isInside);
      assertThat(isKept).as("%s, seed %d: %s", kind, seed, answer).isEqualTo(kind.isKept());
      rig.came().clear();
      Accounts after = rig.receiver.balanced();
      assertThat(after.inFlight()).as("seed %d", seed).isZero();
      assertThat(rig.budget.used()).as("seed %d", seed).isZero();
      aGoodRequestWorks(rig, after, i);
    }
  }

  private static boolean isInside(Receiver.Came came) {
    return came.labels().metricName().equals("inside");
  }

  private static void aGoodRequestWorks(TextRig rig, Accounts before, int i) {
    HttpReply reply = rig.post("good{job=\"test\"} " + i + " " + (TextRig.NOW + i));
    assertThat(reply.status()).as(Receiver.text(reply)).isEqualTo(204);
    Accounts after = rig.receiver.balanced();
    assertThat(after.appliedDurable()).isEqualTo(before.appliedDurable() + 1);
    assertThat(after.received()).isEqualTo(before.received() + 1);
    assertThat(rig.came()).hasSize(1);
    assertThat(rig.came().getFirst().bits()).isEqualTo(Double.doubleToRawLongBits(i));
    rig.came().clear();
  }
}

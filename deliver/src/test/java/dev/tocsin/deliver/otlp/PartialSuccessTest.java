package dev.tocsin.deliver.otlp;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tocsin.deliver.send.SampleFormat.Unwritten;
import dev.tocsin.deliver.wire.ProtoWriter;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class PartialSuccessTest {
  private static byte[] answer(long rejected, String text) {
    ProtoWriter inner = new ProtoWriter();
    inner.number(1, rejected).bytes(2, text.getBytes(StandardCharsets.UTF_8));
    return new ProtoWriter().message(1, inner).toBytes();
  }

  @Test
  void whatIsRejectedIsRead() {
    assertThat(PartialSuccess.read(answer(7, "too\nold"))).isEqualTo(new Unwritten(7, "too old"));
    assertThat(PartialSuccess.read(answer(7, "")).reason()).isNotEmpty();
  }

  @Test
  void anAnswerThatWasCutOffIsReadAsFarAsItGoes() {
    byte[] whole = answer(300, "x".repeat(1000));
    Unwritten read = PartialSuccess.read(Arrays.copyOf(whole, 100));
    assertThat(read.samples()).isEqualTo(300);
    assertThat(read.reason()).hasSizeLessThan(100).startsWith("xx");
  }

  @Test
  void anythingElseSaysNothing() {
    assertThat(PartialSuccess.read(new byte[0])).isEqualTo(Unwritten.NONE);
    assertThat(PartialSuccess.read(answer(0, "a warning"))).isEqualTo(Unwritten.NONE);
    assertThat(PartialSuccess.read("{\"a\":1}".getBytes(StandardCharsets.UTF_8)))
        .isEqualTo(Unwritten.NONE);
    SplittableRandom random = new SplittableRandom(1);
    for (int i = 0; i < 10_000; i++) {
      byte[] bytes = new byte[random.nextInt(40)];
      random.nextBytes(bytes);
      if (bytes.length > 0) {
        bytes[0] = 0x0a;
      }
      assertThat(PartialSuccess.read(bytes).samples()).isNotNegative();
    }
  }
}

package dev.tocsin.collect.series;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class Utf8Test {
  @Test
  void everyShortSequenceIsJudgedAsTheJdkDoes() {
    byte[] bytes = new byte[3];
    for (int i = 0; i < 1 << 24; i += 101) {
      bytes[0] = (byte) (i >> 16);
      bytes[1] = (byte) (i >> 8);
      bytes[2] = (byte) i;
      if (Utf8.isValid(bytes, 0, 3) != decodes(bytes)) {
        assertThat(Utf8.isValid(bytes, 0, 3)).as("bytes %06x", i).isEqualTo(decodes(bytes));
      }
    }
  }

  @Test
  void longerSequencesAreJudgedAsTheJdkDoes() {
    SplittableRandom random = new SplittableRandom(7);
    for (int i = 0; i < 20_000; i++) {
      byte[] bytes = new byte[4 + random.nextInt(3)];
      for (int k = 0; k < bytes.length; k++) {
        bytes[k] = (byte) (k == 0 ? 0xee + random.nextInt(8) : 0x78 + random.nextInt(0x50));
      }
      assertThat(Utf8.isValid(bytes, 0, bytes.length)).as("case %d", i).isEqualTo(decodes(bytes));
    }
  }

  @Test
  void aSequenceIsCutOffByTheEnd() {
    byte[] bytes = "aé".getBytes(StandardCharsets.UTF_8);
    assertThat(Utf8.isValid(bytes, 0, 3)).isTrue();
    assertThat(Utf8.isValid(bytes, 0, 2)).isFalse();
    assertThat(Utf8.isValid(bytes, 2, 3)).isFalse();
  }

  private static boolean decodes(byte[] bytes) {
    try {
      StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes));
      return true;
    } catch (CharacterCodingException _) {
      return false;
    }
  }
}

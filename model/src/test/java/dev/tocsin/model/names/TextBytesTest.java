package dev.tocsin.model.names;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import org.junit.jupiter.api.Test;

class TextBytesTest {
  private static final long SEED = 11;

  /// Mostly ASCII, now and then anything, halves of surrogate pairs among it.
  static String text(RandomGenerator random, int lengthMax) {
    StringBuilder text = new StringBuilder();
    boolean ascii = random.nextBoolean();
    int length = random.nextInt(lengthMax + 1);
    for (int i = 0; i < length; i++) {
      switch (ascii ? 0 : random.nextInt(4)) {
        case 0 -> text.append((char) random.nextInt(0x80));
        case 1 -> text.append((char) random.nextInt(0x10000));
        case 2 -> text.append((char) random.nextInt(0xd7f0, 0xe010));
        default -> text.appendCodePoint(random.nextInt(0x10000, 0x110000));
      }
    }
    return text.toString();
  }

  @Test
  void everyTextComesBack() {
    RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(SEED);
    String before = "";
    for (int i = 0; i < 20_000; i++) {
      String text = text(random, 12);
      byte[] bytes = TextBytes.of(text);
      assertThat(TextBytes.text(bytes, 0, bytes.length)).as("seed %d", SEED).isEqualTo(text);
      assertThat(TextBytes.equal(text, bytes, 0, bytes.length)).isTrue();
      assertThat(TextBytes.equal(before, bytes, 0, bytes.length)).isEqualTo(before.equals(text));
      byte[] within = new byte[bytes.length + 5];
      System.arraycopy(bytes, 0, within, 2, bytes.length);
      assertThat(TextBytes.equal(text, within, 2, 2 + bytes.length)).isTrue();
      assertThat(TextBytes.equal(text, within, 2, 3 + bytes.length)).isFalse();
      before = text;
    }
  }

  @Test
  void allWholeCharactersAreAsInUtf8() {
    for (int c = 0; c <= Character.MAX_CODE_POINT; c++) {
      if (c < Character.MIN_SURROGATE || c > Character.MAX_SURROGATE) {
        String text = Character.toString(c);
        byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
        if (!Arrays.equals(utf8, TextBytes.of(text))
            || !TextBytes.text(utf8, 0, utf8.length).equals(text)) {
          throw new AssertionError("U+" + Integer.toHexString(c));
        }
      }
    }
  }
}

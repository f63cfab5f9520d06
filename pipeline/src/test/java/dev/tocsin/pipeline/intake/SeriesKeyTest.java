package dev.tocsin.pipeline.intake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.tocsin.model.labels.Labels;
import java.nio.charset.StandardCharsets;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import org.junit.jupiter.api.Test;

class SeriesKeyTest {
  private static final String[] ALPHABET = {"a", "Z", "_", "ı", "é", "漢", "\uffee", "😀", "\u0000"};

  @Test
  void isLengthAndTextByTurns() {
    byte[] key = SeriesKey.of(Labels.of("job", "é", "__name__", "up"));
    assertThat(key).isEqualTo(bytes("\0\10__name__\0\2up\0\3job\0\2é"));
  }

  @Test
  void ofNoLabelsIsEmpty() {
    assertThat(SeriesKey.of(Labels.empty())).isEmpty();
    assertThat(SeriesKey.toLabels(new byte[3], 3, 3)).isEqualTo(Labels.empty());
  }

  @Test
  void isOrderedByCodePointAlsoBeyondTheBasicPlane() {
    // In UTF-16 the second comes first.
    byte[] key = SeriesKey.of(Labels.of("😀", "2", "\uffee", "1"));
    assertThat(key).isEqualTo(bytes("\0\3\uffee\0\0011\0\4😀\0\0012"));
  }

  @Test
  void comesBackAsTheSameLabels() {
    long seed = 20_251;
    RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
    for (int round = 0; round < 2000; round++) {
      Labels.Builder builder = Labels.builder();
      for (int i = random.nextInt(8); i > 0; i--) {
        builder.set(text(random, 1), text(random, 0));
      }
      Labels labels = builder.build();
      byte[] key = SeriesKey.of(labels);
      byte[] within = new byte[key.length + 7];
      System.arraycopy(key, 0, within, 3, key.length);
      assertThat(SeriesKey.toLabels(within, 3, 3 + key.length))
          .as("seed %d, round %d", seed, round)
          .isEqualTo(labels);
    }
  }

  @Test
  void longTextsFit() {
    Labels labels = Labels.of("a", "x".repeat(65_535));
    byte[] key = SeriesKey.of(labels);
    assertThat(SeriesKey.toLabels(key, 0, key.length)).isEqualTo(labels);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> SeriesKey.of(Labels.of("a", "x".repeat(65_536))));
  }

  @Test
  void halfASurrogatePairIsRefused() {
    for (String broken : new String[] {"\ud83d", "x\ude00", "\ud83d\ud83d\ude00", "\ude00\ud83d"}) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> SeriesKey.of(Labels.of("a", broken)))
          .withMessageContaining("surrogate");
    }
  }

  @Test
  void whatIsNotCanonicalIsRefused() {
    refused("\0\1b\0\1x\0\1a\0\1x");
    refused("\0\1a\0\1x\0\1a\0\1x");
    refused("\0\1a\0\0");
    refused("\0\0\0\1x");
    refused("\0\1a\0\5x");
    refused("\0\1a\0");
    refused("\0");
    refused("\0\1a");
    byte[] notUtf8 = {0, 1, 'a', 0, 1, (byte) 0xff};
    assertThatIllegalArgumentException()
        .isThrownBy(() -> SeriesKey.toLabels(notUtf8, 0, notUtf8.length));
  }

  private static void refused(String text) {
    byte[] key = bytes(text);
    assertThatIllegalArgumentException()
        .as(text)
        .isThrownBy(() -> SeriesKey.toLabels(key, 0, key.length));
  }

  private static String text(RandomGenerator random, int lengthMin) {
    StringBuilder text = new StringBuilder();
    for (int i = lengthMin + random.nextInt(4); i > 0; i--) {
      text.append(ALPHABET[random.nextInt(ALPHABET.length)]);
    }
    return text.toString();
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}

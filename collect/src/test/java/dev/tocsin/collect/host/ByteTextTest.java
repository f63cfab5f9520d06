package dev.tocsin.collect.host;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class ByteTextTest {
  private static ByteText text(String text) {
    ByteText over = new ByteText().over(text.getBytes(UTF_8));
    over.line();
    return over;
  }

  @Test
  void goesThroughLinesAndWords() {
    ByteText text = text("  a  bc\t d\n\n\nlast");
    assertThat(text.word()).isTrue();
    assertThat(text.text()).isEqualTo("a");
    assertThat(text.skip(2)).isTrue();
    assertThat(text.text()).isEqualTo("d");
    assertThat(text.word()).isFalse();
    assertThat(text.line()).isTrue();
    assertThat(text.word()).isFalse();
    text.line();
    assertThat(text.line()).isTrue();
    assertThat(text.word()).isTrue();
    assertThat(text.text()).isEqualTo("last");
    assertThat(text.line()).isFalse();
  }

  @Test
  void numbersAreReadAsTheJdkReadsThem() throws IOException {
    SplittableRandom random = new SplittableRandom(3);
    for (int i = 0; i < 20_000; i++) {
      StringBuilder digits = new StringBuilder(random.nextInt(5) == 0 ? "-" : "");
      for (int n = random.nextInt(1, 22); n > 0; n--) {
        digits.append(random.nextInt(10));
      }
      if (random.nextBoolean()) {
        digits.insert(digits.length() - random.nextInt(digits.length()), '.');
      }
      String number = digits.toString().replace(".-", "-.");
      if (number.endsWith("-") || number.equals(".")) {
        continue;
      }
      // Up to 2^53 exactly; beyond it the last bit may differ.
      assertThat(text(number).nextNumber())
          .as(number)
          .isCloseTo(
              Double.parseDouble(number), org.assertj.core.data.Percentage.withPercentage(1e-13));
    }
    assertThat(text("0x1003").nextNumber()).isEqualTo(0x1003);
    assertThat(text("18446744073709551615").nextNumber()).isEqualTo(0x1p64);
    assertThat(text("0.25").nextNumber()).isEqualTo(0.25);
  }

  @Test
  void whatIsNoNumberIsNamed() {
    assertThatThrownBy(() -> text("12a").nextNumber()).hasMessage("\"12a\" is not a number");
    assertThatThrownBy(() -> text("-").nextNumber()).hasMessage("\"-\" is not a number");
    assertThatThrownBy(() -> text("1.2.3").nextNumber()).hasMessage("\"1.2.3\" is not a number");
    assertThatThrownBy(() -> text("  ").nextNumber()).hasMessage("a number is missing in \"  \"");
    assertThatThrownBy(() -> text("0xg").nextNumber()).hasMessage("\"g\" is not a number");
  }
}

package dev.tocsin.model.names;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tocsin.model.labels.Labels;
import dev.tocsin.model.tenant.Tenant;
import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class SpansOfLabelsTest {
  private final SeriesNames names = new SeriesNames(7);
  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

  /// Appends the texts, names and values in turn; their spans.
  private int[] spans(String... texts) {
    int[] spans = new int[2 * texts.length];
    for (int i = 0; i < texts.length; i++) {
      spans[2 * i] = bytes.size();
      bytes.writeBytes(texts[i].getBytes(UTF_8));
      spans[2 * i + 1] = bytes.size();
      bytes.write('-');
    }
    return spans;
  }

  private boolean has(int number, String... texts) {
    int[] spans = spans(texts);
    return names.hasLabels(number, bytes.toByteArray(), spans, texts.length / 2);
  }

  @Test
  void onlyTheSameLabelsInTheirOrderAreItsLabels() {
    String[] texts = {"__name__", "up", "job", "a", "note", "ö".repeat(100)};
    int number = names.number(Tenant.DEFAULT, Labels.of(texts));
    assertThat(has(number, texts)).isTrue();
    assertThat(has(number, Arrays.copyOf(texts, 4))).as("one less").isFalse();
    assertThat(has(number)).as("none").isFalse();
    assertThat(has(number, "__name__", "up", "job", "a", "note", "ö".repeat(100), "x", "1"))
        .as("one more")
        .isFalse();
    assertThat(has(number, "job", "a", "__name__", "up", "note", "ö".repeat(100)))
        .as("another order")
        .isFalse();
    assertThat(has(number, "__name__", "up", "job", "a", "job", "a")).as("one twice").isFalse();
    assertThat(has(number, "__name__", "up", "joba", "", "note", "ö".repeat(100)))
        .as("the border between name and value")
        .isFalse();
  }

  @Test
  void oneByteMakesAnotherSeries() {
    int number = names.number(Tenant.DEFAULT, Labels.of("__name__", "up", "instance", "h-1"));
    int[] spans = spans("__name__", "up", "instance", "h-1");
    byte[] good = bytes.toByteArray();
    assertThat(names.hasLabels(number, good, spans, 2)).isTrue();
    for (int at = 0; at < good.length; at++) {
      byte[] other = good.clone();
      other[at] ^= 1;
      assertThat(names.hasLabels(number, other, spans, 2))
          .as("byte %d", at)
          .isEqualTo(good[at] == '-' && !inside(at, spans));
    }
  }

  private static boolean inside(int at, int[] spans) {
    for (int i = 0; i < spans.length; i += 2) {
      if (at >= spans[i] && at < spans[i + 1]) {
        return true;
      }
    }
    return false;
  }

  @Test
  void aNameBeyondTheLengthsOfKeysIsNeverTold() {
    String name = "n".repeat(70_000);
    int number = names.number(Tenant.DEFAULT, Labels.of(name, "v"));
    assertThat(has(number, name, "v")).isFalse();
  }
}

package dev.tocsin.model.names;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tocsin.model.labels.Labels;
import dev.tocsin.model.tenant.Tenant;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class TextsOfLabelsTest {
  private static final List<Labels> ALL =
      List.of(
          Labels.of("__name__", "up", "instance", "a:9100"),
          Labels.of("__name__", "up", "job", "wörter \ud83d\ude00"),
          Labels.of("a", "x".repeat(127), "b", "y".repeat(128)),
          Labels.of("c", "z".repeat(70_000)),
          Labels.of("d".repeat(70_000), "1"),
          Labels.of());

  @Test
  void labelsAreWrittenAsTextsBehindTheirLengths() {
    SeriesNames names = new SeriesNames(1);
    for (Labels labels : ALL) {
      int number = names.number(Tenant.DEFAULT, labels);
      byte[] expected = expected(labels);
      assertThat(names.labelBytesMax(number)).isGreaterThanOrEqualTo(expected.length);
      byte[] into = new byte[7 + names.labelBytesMax(number)];
      int to = names.putLabels(number, into, 7);
      assertThat(Arrays.copyOfRange(into, 7, to)).isEqualTo(expected);
    }
  }

  private static byte[] expected(Labels labels) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    varint(out, labels.size());
    for (int i = 0; i < labels.size(); i++) {
      for (String text : List.of(labels.name(i), labels.value(i))) {
        byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
        varint(out, utf8.length);
        out.writeBytes(utf8);
      }
    }
    return out.toByteArray();
  }

  private static void varint(ByteArrayOutputStream out, int number) {
    int rest = number;
    while (rest >= 0x80) {
      out.write(rest | 0x80);
      rest >>>= 7;
    }
    out.write(rest);
  }
}

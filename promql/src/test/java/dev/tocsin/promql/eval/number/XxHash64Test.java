package dev.tocsin.promql.eval.number;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class XxHash64Test {
  private static long hash(String text) {
    return XxHash64.of(text.getBytes(StandardCharsets.UTF_8));
  }

  /// The vectors of the reference implementation.
  @Test
  void theHashIsThatOfTheReference() {
    assertThat(hash("")).isEqualTo(0xef46db3751d8e999L);
    assertThat(hash("a")).isEqualTo(0xd24ec4f1a98c6e5bL);
    assertThat(hash("abc")).isEqualTo(0x44bc2cf5ad770999L);
    assertThat(hash("Call me Ishmael. Some years ago--never mind how long precisely-"))
        .isEqualTo(0x02a2e85470d6fd96L);
  }
}

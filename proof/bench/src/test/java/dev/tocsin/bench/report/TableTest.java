package dev.tocsin.bench.report;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class TableTest {
  @Test
  void columnsLineUp() {
    String table = Table.of("case", "P99").row("a longer one", "5 ms").toString();
    assertThat(table)
        .isEqualTo(
            """
            | case         |  P99 |
            |--------------|-----:|
            | a longer one | 5 ms |
            """);
  }
}

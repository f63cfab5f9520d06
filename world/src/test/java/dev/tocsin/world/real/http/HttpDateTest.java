package dev.tocsin.world.real.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Random;
import org.junit.jupiter.api.Test;

class HttpDateTest {
  private static final DateTimeFormatter REFERENCE =
      DateTimeFormatter.ofPattern("EEE, dd MMM yyyy HH:mm:ss 'GMT'", Locale.US)
          .withZone(ZoneOffset.UTC);

  @Test
  void itWritesWhatTheJdkWrites() {
    HttpDate date = new HttpDate();
    assertThat(date.at(784_111_777)).isEqualTo("Sun, 06 Nov 1994 08:49:37 GMT");
    Random random = new Random(42);
    for (int i = 0; i < 5000; i++) {
      long second = random.nextLong(0, 7_000_000_000L);
      assertThat(date.at(second))
          .as("second %d, seed 42", second)
          .isEqualTo(REFERENCE.format(Instant.ofEpochSecond(second)));
    }
  }
}

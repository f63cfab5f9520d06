package dev.tocsin.model.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GoFloatTest {
  @ParameterizedTest
  @CsvSource({
    "0, 0, 0e+00, 0",
    "-0.0, -0, -0e+00, -0",
    "15, 15, 1.5e+01, 15",
    "0.1, 0.1, 1e-01, 0.1",
    "1e21, 1000000000000000000000, 1e+21, 1e+21",
    "123456789, 123456789, 1.23456789e+08, 1.23456789e+08",
    "999999, 999999, 9.99999e+05, 999999",
    "1000000, 1000000, 1e+06, 1e+06",
    "0.00001, 0.00001, 1e-05, 1e-05",
    "-2.5e-7, -0.00000025, -2.5e-07, -2.5e-07",
    "1.7976931348623157e308, '', 1.7976931348623157e+308, 1.7976931348623157e+308",
    "4.9e-324, '', 5e-324, 5e-324",
    "2e-323, '', 2e-323, 2e-323",
    "NaN, NaN, NaN, NaN",
    "Infinity, +Inf, +Inf, +Inf",
    "-Infinity, -Inf, -Inf, -Inf"
  })
  void printsAsGoDoes(double value, String plain, String exponent, String general) {
    if (!plain.isEmpty()) {
      assertThat(GoFloat.plain(value)).isEqualTo(plain);
    }
    assertThat(GoFloat.exponent(value)).isEqualTo(exponent);
    assertThat(GoFloat.general(value)).isEqualTo(general);
  }

  /// Against the decimal arithmetic of the JDK: every length, every exponent.
  @Test
  void printsWithoutExponentWhatTheDecimalIs() {
    Random random = new Random(7);
    for (int i = 0; i < 200_000; i++) {
      double value =
          switch (i % 4) {
            case 0 -> Double.longBitsToDouble(random.nextLong());
            case 1 -> random.nextInt(-1000, 1000) / 8.0;
            case 2 -> random.nextGaussian() * Math.pow(10, random.nextInt(-30, 30));
            default ->
                Math.rint(random.nextGaussian() * 1e4) * Math.pow(10, random.nextInt(-9, 19));
          };
      if (Double.isFinite(value) && value != 0) {
        String expected =
            new BigDecimal(Double.toString(value)).stripTrailingZeros().toPlainString();
        assertThat(GoFloat.plain(value)).as("%s, seed 7", value).isEqualTo(expected);
      }
    }
  }
}

package dev.tocsin.collect.text;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tocsin.model.batch.StaleMarker;
import java.math.BigDecimal;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NumberTextTest {
  private static final int CASES = 200_000;

  private final NumberText number = new NumberText();

  private TextFault read(String text) {
    byte[] bytes = ("x" + text + "7").getBytes(UTF_8);
    return number.read(bytes, 1, bytes.length - 1);
  }

  private void isAsInJava(String text) {
    double expected = Double.parseDouble(text);
    TextFault fault = read(text);
    if (Double.isInfinite(expected)) {
      assertThat(fault).as(text).isEqualTo(TextFault.OUT_OF_RANGE);
      return;
    }
    assertThat(fault).as(text).isEqualTo(TextFault.NONE);
    assertThat(Double.doubleToRawLongBits(number.value()))
        .as(text)
        .isEqualTo(Double.doubleToRawLongBits(expected));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "0",
        "-0",
        "+0",
        "0.0",
        "-0e5",
        "1",
        "-1",
        "+1",
        ".5",
        "5.",
        "-.5e1",
        "1e0",
        "1E+2",
        "1e-2",
        "007",
        "1e22",
        "1e23",
        "9007199254740993",
        "9007199254740992.9",
        "123456789012345678",
        "9223372036854775808",
        "18446744073709551615",
        "18446744073709551616",
        "9999999999999999999",
        "99999999999999999999999999999999999999",
        "1.7976931348623157e308",
        "1.7976931348623158e308",
        "1.7976931348623159e308",
        "1e308",
        "1e309",
        "1e400",
        "2.2250738585072014e-308",
        "2.2250738585072011e-308",
        "4.9e-324",
        "2.4e-324",
        "2e-324",
        "1e-400",
        "1e-99999999999999999999",
        "0e99999999999999999999",
        "1e99999999999999999999",
        "0.500000000000000166533453693773481063544750213623046875",
        "1.00000000000000011102230246251565404236316680908203125",
        "1.00000000000000011102230246251565404236316680908203124",
        "1.00000000000000011102230246251565404236316680908203126",
        "8.5e22",
        "3.55e-10",
        "1090544144181609348671888949248",
        "179769313486231580793728971405301e276",
        "5e-324",
        "0.1",
        "0.30000000000000004"
      })
  void isTheNearestDouble(String text) {
    isAsInJava(text);
  }

  @Test
  void longZerosAndExponentsMeet() {
    String zeros = "0".repeat(20_000);
    isAsInJava("0." + zeros + "1e20001");
    isAsInJava("0." + zeros + "12345678901234567890123e20001");
    isAsInJava("1" + zeros + "e-20000");
    isAsInJava("1" + zeros + "." + zeros + "1e-20001");
    isAsInJava("0." + zeros + "1e35000");
  }

  @Test
  void everyDoubleComesBack() {
    SplittableRandom random = new SplittableRandom(7);
    for (int i = 0; i < CASES; i++) {
      double value = Double.longBitsToDouble(random.nextLong());
      if (Double.isFinite(value)) {
        isAsInJava(Double.toString(value));
      }
    }
  }

  @Test
  void digitsAndExponentsOfAnyKindAreAsInJava() {
    SplittableRandom random = new SplittableRandom(8);
    for (int i = 0; i < CASES; i++) {
      StringBuilder text = new StringBuilder(random.nextBoolean() ? "-" : "");
      int digits = 1 + random.nextInt(random.nextInt(10) == 0 ? 60 : 21);
      int point = random.nextInt(digits + 8);
      for (int d = 0; d < digits; d++) {
        text.append(d == point ? "." : "").append(random.nextInt(10));
      }
      int range = random.nextInt(3) == 0 ? 350 : 30;
      text.append(random.nextInt(3) == 0 ? "" : "e" + (random.nextInt(2 * range) - range));
      isAsInJava(text.toString());
    }
  }

  @Test
  void halfWayBetweenTwoDoublesIsAsInJava() {
    SplittableRandom random = new SplittableRandom(9);
    for (int i = 0; i < CASES / 10; i++) {
      int exponent = 1023 - 60 + random.nextInt(120);
      double low = Double.longBitsToDouble((long) exponent << 52 | (random.nextLong() >>> 12));
      BigDecimal half =
          new BigDecimal(low).add(new BigDecimal(Math.nextUp(low))).divide(BigDecimal.TWO);
      isAsInJava(half.toPlainString());
      isAsInJava(half.toString() + "1");
      isAsInJava(half.unscaledValue().subtract(java.math.BigInteger.ONE) + "e-" + half.scale());
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"Inf", "+Inf", "inf", "INFINITY", "+infinity"})
  void infinityHasTwoNames(String text) {
    assertThat(read(text)).isEqualTo(TextFault.NONE);
    assertThat(number.value()).isEqualTo(Double.POSITIVE_INFINITY);
    assertThat(read("-" + text.replace("+", ""))).isEqualTo(TextFault.NONE);
    assertThat(number.value()).isEqualTo(Double.NEGATIVE_INFINITY);
  }

  @ParameterizedTest
  @ValueSource(strings = {"NaN", "nan", "NAN"})
  void nanIsThatOfPrometheus(String text) {
    assertThat(read(text)).isEqualTo(TextFault.NONE);
    assertThat(Double.doubleToRawLongBits(number.value())).isEqualTo(StaleMarker.NORMAL_NAN_BITS);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "-",
        "+",
        ".",
        "-.",
        "e5",
        ".e5",
        "1e",
        "1e+",
        "1e5.0",
        "1.2.3",
        "--1",
        "+-1",
        "1_000",
        "0x10",
        "0x1p4",
        "1f",
        "1d",
        "1,5",
        "in",
        "infin",
        "infinit",
        "infinityy",
        "+nan",
        "-nan",
        "nan(1)",
        "na",
        "١",
        "1 ",
        " 1",
        "1\u0000"
      })
  void isNoNumber(String text) {
    assertThat(read(text)).as(text).isEqualTo(TextFault.NOT_A_NUMBER);
  }
}

package dev.tocsin.promql.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RegexSizeTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = ' ',
      value = {
        "abc 3",
        "a.*b+c? 4",
        "a|b|(cd) 6",
        "x{7} 7",
        "x{2,5}y 6",
        "x{3,} 3",
        "((ab){3}c){10} 70",
        "[a-z]{4}[]x{9}]{2} 6",
        "[^]{3}]{2}[[:alpha:]{2}]{3} 5",
        "\\d{3}\\p{Greek}{4}\\x{1F600}\\{5} 11",
        "\\Qx{9}\\Ey 5",
        "x{a} 4",
        "x{,3} 5",
        "(?:a|b){5} 20",
      })
  void repetitionsAreCopies(String regex, long size) {
    assertThat(RegexSize.of(regex)).isEqualTo(size);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "x{1001}",
        "(x{11}){100}",
        "(((x{1,30}){1,30}){1,30})+",
        "((((((x{10}){10}){10}){10}){10}){10}){10}",
        "(a(b(c{20}|d)e){60})"
      })
  void tooManyCopiesAreRefusedAsGoDoes(String regex) {
    assertThatThrownBy(() -> RegexSize.of(regex))
        .isInstanceOf(PatternSyntaxException.class)
        .hasMessageContaining("invalid repeat count: `{");
  }

  @Test
  void aThousandCopiesAreAllowed() {
    assertThat(RegexSize.of("((x{10}){10}){10}")).isEqualTo(1000);
    assertThat(RegexSize.of("x{1000}".repeat(100))).isEqualTo(100_000);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"a(b|c){100}", "(x{10}y){30}", "[a-z]{200}foo", "api-(east|west)-[0-9]{1,3}"})
  void theEstimateIsNearTheProgram(String regex) {
    int program = Pattern.compile(regex).programSize();
    assertThat(RegexSize.of(regex)).isBetween(program / 4L, program * 2L);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "(", ")", "[", "a{", "\\", "[[:", "\\p{", "\\Q", "a)b(c", "{2}"})
  void whatIsNoExpressionDoesNoHarm(String regex) {
    assertThat(RegexSize.of(regex)).isBetween(0L, 10L);
  }
}

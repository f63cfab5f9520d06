package dev.tocsin.agent.api;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EscapedNameTest {
  @ParameterizedTest
  @CsvSource({
    "job, job",
    "U__job, job",
    "U__a_2e_b, a.b",
    "U__a__b, a_b",
    "U___1F600_x, 😀x",
    "U__a_2E_b_e9_, a.bé",
    // What is wrongly escaped stays as it is.
    "U__a_, U__a_",
    "U__a_2e, U__a_2e",
    "U__a_2g_, U__a_2g_",
    "U__a_1234567_, U__a_1234567_",
    "U__a_d800_, U__a_d800_",
    "U__a_110000_, U__a_110000_",
    "u__a_2e_b, u__a_2e_b",
  })
  void namesAreUnescapedAsTheDataModelSays(String written, String name) {
    assertThat(EscapedName.unescaped(written)).isEqualTo(name);
  }
}

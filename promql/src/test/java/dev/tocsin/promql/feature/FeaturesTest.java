package dev.tocsin.promql.feature;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tocsin.promql.eval.EvalOptions;
import dev.tocsin.promql.parse.ParseOptions;
import java.util.List;
import org.junit.jupiter.api.Test;

class FeaturesTest {
  @Test
  void noneIsTheDefault() {
    assertThat(Features.NONE.parseOptions()).isEqualTo(ParseOptions.DEFAULT);
    assertThat(Features.NONE.applied(EvalOptions.DEFAULT)).isEqualTo(EvalOptions.DEFAULT);
    assertThat(Features.of(List.of())).isEqualTo(Features.NONE);
  }

  @Test
  void allIsAll() {
    assertThat(Features.ALL.parseOptions()).isEqualTo(ParseOptions.ALL);
    EvalOptions all = Features.ALL.applied(EvalOptions.DEFAULT);
    assertThat(all.delayedNameRemoval()).isTrue();
    assertThat(all.startTimestamps()).isTrue();
  }

  @Test
  void eachTurnsOnItsPartOnly() {
    assertThat(Features.of(List.of("promql-binop-fill-modifiers")).parseOptions())
        .isEqualTo(new ParseOptions(false, true, false, true));
    assertThat(Features.of(List.of("promql-extended-range-selectors")).parseOptions())
        .isEqualTo(new ParseOptions(false, true, true, false));
    assertThat(Features.of(List.of("promql-experimental-functions")).parseOptions())
        .isEqualTo(new ParseOptions(true, true, false, false));
    EvalOptions options = EvalOptions.DEFAULT;
    assertThat(Features.of(List.of("use-start-timestamps")).applied(options))
        .isEqualTo(options.withStartTimestamps(true));
    assertThat(Features.of(List.of("promql-delayed-name-removal")).applied(options))
        .isEqualTo(options.withDelayedNameRemoval(true));
  }

  @Test
  void namesComeBackInOrder() {
    List<String> words = List.of("promql-delayed-name-removal", "promql-experimental-functions");
    assertThat(Features.of(words).words()).isEqualTo(words.reversed());
  }

  @Test
  void anUnknownNameIsRefusedWithTheNamesThereAre() {
    assertThatThrownBy(() -> Features.of(List.of("promql-everything")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("\"promql-everything\" is no feature")
        .hasMessageContaining("use-start-timestamps");
  }
}

package dev.tocsin.agent.rulesource;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tocsin.model.input.RuleSet.RuleText;
import dev.tocsin.promql.feature.Features;
import dev.tocsin.sim.time.SimClock;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class LastGoodRulesTest {
  private static final String SOURCE = "a.yml";
  private static final RuleAnswer DOWN = new RuleAnswer.Failed("is gone");
  private static final long MINUTE_NANOS = 60_000_000_000L;

  private final SimClock clock = new SimClock();
  private final List<String> said = new ArrayList<>();
  private final LastGoodRules rules =
      new LastGoodRules(clock, 3_600_000, Features.of(List.of()).parseOptions(), said::add);

  private static RuleText text(String alert, String expr) {
    return new RuleText(
        SOURCE, "groups:\n- name: g\n  rules:\n  - alert: " + alert + "\n    expr: " + expr + "\n");
  }

  private static RuleAnswer given(String alert, String expr) {
    return new RuleAnswer.Given(text(alert, expr));
  }

  @Test
  void theSameTextIsNoChange() {
    assertThat(rules.answered(SOURCE, given("A", "up == 0"))).isTrue();
    assertThat(rules.answered(SOURCE, given("A", "up == 0"))).isFalse();
    assertThat(rules.answered(SOURCE, given("A", "up == 1"))).isTrue();
    assertThat(rules.rules(SOURCE)).contains(text("A", "up == 1"));
    assertThat(said).isEmpty();
  }

  @Test
  void aFailingSourceKeepsItsRulesAndSaysSoOnce() {
    rules.answered(SOURCE, given("A", "up == 0"));
    for (int minute = 0; minute < 59; minute++) {
      assertThat(rules.answered(SOURCE, DOWN)).isFalse();
      assertThat(rules.expire()).isFalse();
      clock.advance(MINUTE_NANOS);
    }
    assertThat(rules.rules(SOURCE)).contains(text("A", "up == 0"));
    assertThat(rules.states()).containsExactly(new SourceState(SOURCE, "is gone", 1));
    assertThat(said)
        .containsExactly("Rules of a.yml: is gone. Its last good ones (1) run on for 3600 s.");
  }

  @Test
  void afterItsTimeTheRulesAreDroppedByName() {
    rules.answered(SOURCE, given("A", "up == 0"));
    rules.answered(SOURCE, DOWN);
    clock.advance(30 * MINUTE_NANOS);
    rules.answered(SOURCE, DOWN);
    said.clear();
    clock.advance(31 * MINUTE_NANOS);
    assertThat(rules.expire()).isTrue();
    assertThat(rules.rules(SOURCE)).isEmpty();
    assertThat(said)
        .containsExactly("Rules of a.yml are dropped: is gone, for longer than 3600 s. Gone: A");
    assertThat(rules.states()).containsExactly(new SourceState(SOURCE, "is gone", 0));
  }

  @Test
  void whoReadsAfterTheTimeDoesNotHideTheDrop() {
    rules.answered(SOURCE, given("A", "up == 0"));
    rules.answered(SOURCE, DOWN);
    clock.advance(61 * MINUTE_NANOS);
    assertThat(rules.rules(SOURCE)).isEmpty();
    rules.answered(SOURCE, DOWN);
    assertThat(rules.expire()).isTrue();
    assertThat(rules.expire()).isFalse();
    assertThat(said).filteredOn(line -> line.contains("are dropped")).hasSize(1);
  }

  @Test
  void anAnswerEndsTheCount() {
    rules.answered(SOURCE, given("A", "up == 0"));
    rules.answered(SOURCE, DOWN);
    clock.advance(59 * MINUTE_NANOS);
    rules.answered(SOURCE, given("A", "up == 0"));
    rules.answered(SOURCE, DOWN);
    clock.advance(59 * MINUTE_NANOS);
    assertThat(rules.expire()).isFalse();
    assertThat(rules.rules(SOURCE)).isPresent();
    assertThat(said).contains("Rules of a.yml: it answers again.");
  }

  @Test
  void aSourceThatIsNotAskedKeepsItsRulesForever() {
    rules.answered(SOURCE, given("A", "up == 0"));
    clock.advance(100_000 * MINUTE_NANOS);
    assertThat(rules.expire()).isFalse();
    assertThat(rules.rules(SOURCE)).isPresent();
  }

  @Test
  void rulesWithAMistakeAreAFailure() {
    rules.answered(SOURCE, given("A", "up == 0"));
    assertThat(rules.answered(SOURCE, given("A", "up =="))).isFalse();
    assertThat(rules.rules(SOURCE)).contains(text("A", "up == 0"));
    assertThat(rules.states().getFirst().reason()).startsWith("its rules are refused: a.yml:5:");
  }

  @Test
  void aSourceThatNeverAnsweredHasNoRules() {
    assertThat(rules.answered(SOURCE, DOWN)).isFalse();
    assertThat(rules.rules(SOURCE)).isEmpty();
    assertThat(said).containsExactly("Rules of a.yml: is gone. There are none to go on with.");
  }

  @Test
  void rulesFromBeforeARestartRunUntilTheSourceAnswersOrTheirTimeIsOver() {
    rules.restore(SOURCE, text("A", "up == 0"));
    assertThat(rules.rules(SOURCE)).isPresent();
    assertThat(rules.states().getFirst().isUp()).isFalse();
    clock.advance(61 * MINUTE_NANOS);
    assertThat(rules.expire()).isTrue();
    rules.answered(SOURCE, given("A", "up == 0"));
    rules.restore(SOURCE, text("OLD", "up == 0"));
    assertThat(rules.rules(SOURCE)).contains(text("A", "up == 0"));
    assertThat(rules.states().getFirst().isUp()).isTrue();
  }

  @Test
  void aForgottenSourceIsGoneWithoutAWord() {
    rules.answered(SOURCE, given("A", "up == 0"));
    rules.forget(SOURCE);
    assertThat(rules.states()).isEmpty();
    assertThat(rules.rules(SOURCE)).isEmpty();
    assertThat(said).isEmpty();
  }
}

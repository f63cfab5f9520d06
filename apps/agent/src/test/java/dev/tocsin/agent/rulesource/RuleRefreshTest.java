package dev.tocsin.agent.rulesource;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tocsin.agent.rulesource.RuleRefresh.Asked;
import dev.tocsin.model.input.RuleSet.RuleText;
import dev.tocsin.promql.feature.Features;
import dev.tocsin.sim.time.SimClock;
import dev.tocsin.world.net.HttpCalling.HttpOutcome;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

class RuleRefreshTest {
  private static final String URL = "http://rules/a";
  private static final long SECOND_NANOS = 1_000_000_000L;

  private final SimClock clock = new SimClock();
  private final AtomicInteger changes = new AtomicInteger();
  private final List<String> said = new ArrayList<>();
  private final LastGoodRules rules =
      new LastGoodRules(clock, 60_000, Features.of(List.of()).parseOptions(), said::add);
  private final List<Consumer<HttpOutcome>> calls = new ArrayList<>();
  private List<String> files = List.of("a.yml");
  private String file = text("up == 0");

  private static String text(String expr) {
    return "groups:\n- name: g\n  rules:\n  - alert: A\n    expr: " + expr + "\n";
  }

  private RuleRefresh refresh(long filesEveryMs, List<String> urls) {
    return new RuleRefresh(
        clock,
        new Asked(
            () -> files,
            name -> new RuleAnswer.Given(new RuleText(name, file)),
            filesEveryMs,
            urls,
            30_000),
        new HttpRules((_, then) -> calls.add(then)),
        rules,
        changes::incrementAndGet);
  }

  private static HttpOutcome answer(String text) {
    return new HttpOutcome.Answered(200, Map.of(), text.getBytes(StandardCharsets.UTF_8));
  }

  /// Steps as a runner does: at each deadline.
  private void run(RuleRefresh refresh, int seconds) {
    long endNanos = clock.monotonicNanos() + seconds * SECOND_NANOS;
    while (refresh.deadlineNanos() <= endNanos) {
      clock.advanceTo(refresh.deadlineNanos());
      refresh.step();
    }
    clock.advanceTo(endNanos);
  }

  @Test
  void filesAreReadAgainAndOnlyADifferenceIsTold() {
    RuleRefresh refresh = refresh(10_000, List.of());
    run(refresh, 9);
    assertThat(changes).hasValue(0);
    run(refresh, 31);
    assertThat(changes).hasValue(1);
    file = text("up == 1");
    run(refresh, 10);
    assertThat(changes).hasValue(2);
  }

  @Test
  void aFileThatIsGoneFromThePatternKeepsItsRulesForItsTimeAndIsForgotten() {
    RuleRefresh refresh = refresh(10_000, List.of());
    run(refresh, 10);
    files = List.of();
    run(refresh, 60);
    assertThat(rules.rules("a.yml")).isPresent();
    assertThat(said).hasSize(1).first().asString().contains("is not there any more");
    run(refresh, 20);
    assertThat(rules.states()).isEmpty();
    assertThat(changes).hasValue(2);
    assertThat(said).hasSize(2).last().asString().endsWith("Gone: A");
  }

  @Test
  void filesAreLeftAloneWhereTheIntervalIsZero() {
    run(refresh(0, List.of()), 3600);
    assertThat(rules.states()).isEmpty();
  }

  @Test
  void aUrlIsAskedAtOnceAndNotTwiceAtOnce() {
    RuleRefresh refresh = refresh(0, List.of(URL));
    run(refresh, 100);
    assertThat(calls).hasSize(1);
    calls.getFirst().accept(answer(text("up == 0")));
    run(refresh, 30);
    assertThat(changes).hasValue(1);
    assertThat(rules.rules(URL)).isPresent();
    assertThat(calls).hasSize(2);
  }

  @Test
  void aUrlThatStaysDownLosesItsRulesAfterTheTimeAndTheEngineIsTold() {
    RuleRefresh refresh = refresh(0, List.of(URL));
    run(refresh, 0);
    calls.removeFirst().accept(answer(text("up == 0")));
    run(refresh, 30);
    calls.removeFirst().accept(new HttpOutcome.Failed("refused"));
    run(refresh, 30);
    calls.removeFirst().accept(new HttpOutcome.Failed("refused"));
    assertThat(rules.rules(URL)).isPresent();
    assertThat(changes).hasValue(1);
    run(refresh, 32);
    assertThat(changes).hasValue(2);
    assertThat(rules.rules(URL)).isEmpty();
    assertThat(said).anyMatch(line -> line.endsWith("Gone: A"));
  }
}

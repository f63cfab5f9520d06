package dev.tocsin.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tocsin.model.alert.AlertEvent;
import dev.tocsin.model.input.Input;
import dev.tocsin.model.input.RuleSettings.Mode;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Slots that are evaluated in pieces, with other inputs between these.
class PiecesTest {
  private static final String RULES =
      """
      groups:
        - name: one
          interval: 10s
          rules:
            - {record: twice, expr: load * 2}
            - {alert: High, expr: twice > 12}
            - {alert: Held, expr: load > 4, for: 12s}
            - {alert: Total, expr: sum(load) > 14}
        - name: two
          interval: 10s
          rules:
            - {alert: Rising, expr: 'max_over_time(load[20s]) - load > 5'}
            - {alert: NoPlan, expr: 'max_over_time((load * 1)[20s:5s]) > 8'}
            - {alert: Gone, expr: 'absent(load{host="a"})'}
        - name: three
          interval: 5s
          rules:
            - {alert: Quick, expr: load > 8}
            - {alert: Both, expr: load > 5 and on(host) twice > 10, for: 4s}
      """;

  private final Stand whole = new Stand();
  private final Stand pieces = new Stand(Stand.OPTIONS.withPieceCost(1));

  /// Rules that begin to run in the middle of nothing.
  private void load(Mode mode) {
    Stream.of(whole, pieces).forEach(s -> s.step(new Input.Reload(Stand.rules(mode, RULES))));
  }

  /// Ticks, the samples of these hosts, and again ticks until the slots have ended.
  private void slot(long atMs, List<String> hosts, SplittableRandom random) {
    whole.tick(atMs);
    pieces.tick(atMs);
    for (String host : hosts) {
      double value = random.nextInt(12);
      // Newer than the slot: the slot must not see it, whether it comes before its rule or after.
      whole.sample(atMs + 1, value, "load", "host", host);
      pieces.sample(atMs + 1, value, "load", "host", host);
      if (pieces.engine.isInSlot()) {
        pieces.tick(atMs);
      }
    }
    while (pieces.engine.isInSlot()) {
      assertThat(pieces.engine.nextDeadlineMs()).isLessThanOrEqualTo(atMs);
      pieces.tick(atMs);
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
  void slotsInPiecesDecideTheSame(long seed) {
    load(Mode.STRICT);
    SplittableRandom random = new SplittableRandom(seed);
    int told = 0;
    for (long atMs = 5_000; atMs <= 300_000; atMs += 5_000) {
      slot(atMs, hosts(random), random);
      assertThat(told(pieces)).as("at %s", atMs).isEqualTo(told(whole));
      assertThat(pieces.query("{__name__=~'.+'}", atMs))
          .isEqualTo(whole.query("{__name__=~'.+'}", atMs));
      assertThat(pieces.engine.nextDeadlineMs()).isEqualTo(whole.engine.nextDeadlineMs());
      told += whole.events.size();
      forget();
    }
    assertThat(told).isGreaterThan(40);
  }

  /// What comes between the pieces is looked at when the slot has ended, at the same millisecond.
  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
  void whatComesBetweenPiecesIsToldAtTheirEnd(long seed) {
    load(Mode.STREAM);
    SplittableRandom random = new SplittableRandom(seed);
    int told = 0;
    for (long atMs = 5_000; atMs <= 300_000; atMs += 5_000) {
      slot(atMs, hosts(random), random);
      // A sample is seen a millisecond later.
      Stream.of(whole, pieces).forEach(stand -> stand.tick(stand.nowMs + 1));
      assertThat(told(pieces).stream().sorted().toList())
          .as("at %s", atMs)
          .isEqualTo(told(whole).stream().sorted().toList());
      told += whole.events.size();
      forget();
    }
    assertThat(told).isGreaterThan(40);
  }

  /// Not all of them, at most once each.
  private static List<String> hosts(SplittableRandom random) {
    List<String> hosts = new ArrayList<>(List.of("a", "b", "c", "d"));
    hosts.removeIf(_ -> random.nextInt(4) == 0);
    return hosts;
  }

  private static List<String> told(Stand stand) {
    return stand.events.stream().map(PiecesTest::text).toList();
  }

  private static String text(AlertEvent event) {
    return "%s %s %s active %s fired %s resolved %s"
        .formatted(
            event.kind(),
            event.labels(),
            event.value(),
            event.activeAtMs(),
            event.firedAtMs(),
            event.resolvedAtMs());
  }

  private void forget() {
    whole.events.clear();
    pieces.events.clear();
  }

  @Test
  void rulesOfOtherGroupsAreLookedAtBetweenPieces() {
    load(Mode.STREAM);
    pieces.sample(4_000, 1, "load", "host", "a");
    pieces.sample(4_000, 1, "load", "host", "b");
    pieces.tick(10_000);
    while (pieces.engine.isInSlot()) {
      pieces.tick(10_000);
    }
    forget();
    pieces.tick(15_000);
    assertThat(pieces.engine.isInSlot()).as("group three").isTrue();
    pieces.sample(15_000, 9, "load", "host", "a");
    pieces.sample(15_000, 9, "load", "host", "b");
    assertThat(pieces.engine.isInSlot()).isTrue();
    assertThat(names()).contains("Total").doesNotContain("Quick");
    while (pieces.engine.isInSlot()) {
      pieces.tick(15_000);
    }
    assertThat(names()).contains("Quick");
  }

  private List<String> names() {
    return pieces.events.stream().map(AlertEvent::name).toList();
  }

  @Test
  void aReloadEndsWhatHasBegun() {
    load(Mode.STRICT);
    pieces.sample(4_000, 11, "load", "host", "a");
    pieces.tick(10_000);
    assertThat(pieces.engine.isInSlot()).isTrue();
    load(Mode.STRICT);
    assertThat(pieces.engine.isInSlot()).isFalse();
    assertThat(pieces.engine.view().groups()).allMatch(group -> group.lastEvaluationMs() == 10_000);
    assertThat(pieces.told()).anyMatch(text -> text.contains("High"));
  }

  @Test
  void aRestartEndsWhatHadBegun() {
    load(Mode.STRICT);
    pieces.sample(4_000, 11, "load", "host", "a");
    pieces.tick(10_000);
    pieces.nowMs = 70_000;
    pieces.step(new Input.Restarted());
    assertThat(pieces.engine.isInSlot()).isFalse();
    assertThat(pieces.engine.view().groups()).allMatch(group -> group.lastEvaluationMs() == 10_000);
  }

  @Test
  void thereIsNoCheckpointOfHalfASlot() {
    load(Mode.STRICT);
    pieces.sample(4_000, 11, "load", "host", "a");
    pieces.tick(10_000);
    assertThat(pieces.engine.isInSlot()).isTrue();
    assertThatThrownBy(pieces::bytes).isInstanceOf(IllegalStateException.class);
  }

  /// A group that is slower than its interval misses slots, and does not queue up.
  @Test
  void aGroupInItsSlotIsNotDueAgain() {
    load(Mode.STRICT);
    for (long atMs = 10_000; atMs < 60_000; atMs += 2_500) {
      pieces.tick(atMs);
    }
    long missed = pieces.engine.view().groups().stream().mapToLong(EngineView.Group::missed).sum();
    assertThat(missed).isPositive();
  }
}

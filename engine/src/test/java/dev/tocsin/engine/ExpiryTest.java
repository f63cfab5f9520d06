package dev.tocsin.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tocsin.model.alert.AlertEvent;
import dev.tocsin.model.batch.StaleMarker;
import dev.tocsin.model.input.Input;
import dev.tocsin.model.input.RuleSettings;
import dev.tocsin.model.input.RuleSettings.Mode;
import dev.tocsin.model.input.RuleSettings.NoData;
import dev.tocsin.model.input.RuleSettings.Policy;
import dev.tocsin.model.labels.Labels;
import dev.tocsin.model.tenant.Tenant;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/// Series that nobody needs go, and nothing that is decided changes.
class ExpiryTest {
  private static final long MINUTE_MS = 60_000;

  private static final String RULES =
      Stand.group(
          """
          - record: twice
            expr: load * 2
          - record: pods
            expr: count by (zone) (load)
          - alert: High
            expr: twice > 10
            for: 15s
          - alert: Hot
            expr: load > 8
            keep_firing_for: 30s
          - alert: Slow
            expr: rate(load[2m]) < 0.01 and load > 3
          - alert: Before
            expr: load > 2 and (load offset 3m) > 5
          - alert: Zone
            expr: sum by (zone) (load) > 25
          - alert: Gone
            expr: absent(load{zone="z0"})
          - alert: Wide
            expr: max_over_time(max by (zone) (load)[4m:1m]) > 9
          """);

  /// Pods that come and go, seven zones.
  private static void drive(Stand stand, long seed, boolean expires, boolean restores) {
    SplittableRandom random = new SplittableRandom(seed);
    SplittableRandom ages = new SplittableRandom(seed + 1);
    long timeMs = 1000;
    for (int i = 0; i < 4000; i++) {
      timeMs += 1 + random.nextInt(3000);
      int kind = random.nextInt(100);
      if (kind < 60) {
        String pod = "p" + (i / 50 + random.nextInt(8));
        double value = random.nextInt(12) == 0 ? StaleMarker.VALUE : random.nextInt(12);
        stand.nowMs = timeMs;
        stand.sample(timeMs, value, "load", "pod", pod, "zone", "z" + pod.hashCode() % 7);
      } else if (kind < 95) {
        stand.tick(timeMs);
      } else if (kind < 99) {
        stand.nowMs = timeMs;
        long keepMs = ages.nextInt(20) * MINUTE_MS;
        if (expires) {
          stand.expire(keepMs);
        } else {
          stand.step(new Input.Delivered("nobody's", "r", timeMs, true));
        }
      } else if (restores) {
        stand.restore();
      }
    }
  }

  @Test
  void nothingIsDecidedOtherwise() {
    for (Mode mode : Mode.values()) {
      for (long seed = 0; seed < 8; seed++) {
        Stand keeping = new Stand();
        keeping.step(new Input.Reload(Stand.rules(mode, RULES)));
        drive(keeping, seed, false, false);
        Stand expiring = new Stand();
        expiring.step(new Input.Reload(Stand.rules(mode, RULES)));
        drive(expiring, seed, true, false);
        List<AlertEvent> expected = keeping.events;
        assertThat(expiring.events).as("%s, seed %s", mode, seed).isEqualTo(expected);
        assertThat(expected).hasSizeGreaterThan(200);
        int left = expiring.engine.store().seriesCount();
        assertThat(left).as("series").isLessThan(keeping.engine.store().seriesCount() / 2);
      }
    }
  }

  @Test
  void aCopyGoesOnAsTheOriginal() {
    for (long seed = 20; seed < 24; seed++) {
      Stand through = new Stand();
      through.stream(RULES);
      drive(through, seed, true, false);
      Stand copied = new Stand();
      copied.stream(RULES);
      drive(copied, seed, true, true);
      assertThat(copied.events).as("seed %s", seed).isEqualTo(through.events);
      assertThat(copied.bytes()).as("seed %s", seed).isEqualTo(through.bytes());
    }
  }

  @Test
  void namesMayBeRenewedAtAnyTime() {
    Stand plain = new Stand();
    plain.stream(RULES);
    Stand renewing = new Stand();
    renewing.stream(RULES);
    for (int i = 0; i < 20_000; i++) {
      for (Stand stand : List.of(plain, renewing)) {
        stand.nowMs = i * 500L;
        stand.sample(i * 500L, i % 13, "load", "pod", "p" + i / 4, "zone", "z" + i % 7);
        if (i % 500 == 499) {
          stand.tick(i * 500L);
          stand.expire(0);
        }
      }
      var _ = renewing.engine.renewNames(16);
    }
    assertThat(renewing.events).isEqualTo(plain.events).isNotEmpty();
    assertThat(renewing.bytes()).isEqualTo(plain.bytes());
    assertThat(renewing.engine.store().seriesCount())
        .isLessThan(renewing.engine.store().idsEnd() / 4);
  }

  @Test
  void aSeriesStaysWhileAnAlertIsHeldBecauseOfIt() {
    Stand stand = new Stand();
    String rules = Stand.group("- alert: Hot\n  expr: load > 8");
    RuleSettings settings =
        new RuleSettings(Mode.STREAM, List.of(), List.of(new NoData("Hot", "", Policy.HOLD)));
    stand.step(new Input.Reload(Stand.rules(rules).with(settings)));
    stand.nowMs = 1000;
    stand.sample(1000, 9, "load", "pod", "a");
    stand.sample(1000, 1, "load", "pod", "b");
    stand.tick(10_000);
    stand.tick(20 * MINUTE_MS);
    assertThat(stand.expire(0)).isEqualTo(2);
    assertThat(find(stand, "b")).isEqualTo(-1);
    assertThat(find(stand, "a")).isZero();
    stand.tick(21 * MINUTE_MS);
    assertThat(stand.told()).isNotEmpty().noneMatch(text -> text.startsWith("RESOLVED"));
    // It comes again, as itself.
    stand.sample(21 * MINUTE_MS, 1, "load", "pod", "a");
    assertThat(find(stand, "a")).isZero();
    stand.tick(22 * MINUTE_MS);
    assertThat(stand.told()).hasSize(1).allMatch(text -> text.startsWith("RESOLVED"));
  }

  private static int find(Stand stand, String pod) {
    Labels labels = Labels.of("__name__", "load", "pod", pod);
    return stand.engine.store().find(Tenant.DEFAULT, labels);
  }

  @Test
  void aSampleOnTheWayKeepsItsSeries() {
    Stand stand = new Stand();
    stand.nowMs = 1000;
    stand.sample(1000, 1, "load", "pod", "a");
    stand.tick(20 * MINUTE_MS);
    IdleSeries idle = stand.engine.idle(stand.nowMs, 0, 10);
    assertThat(idle.refs()).containsExactly(0);
    assertThat(idle.lastTimesMs()).containsExactly(1000);
    assertThat(idle.ofRules()).isFalse();
    // Late by a day is not idle.
    stand.sample(21 * MINUTE_MS, 1, "load", "pod", "b");
    assertThat(stand.engine.idle(22 * MINUTE_MS, 0, 10).refs()).containsExactly(0);
    assertThat(stand.engine.idle(22 * MINUTE_MS, 22 * MINUTE_MS, 10).isEmpty()).isTrue();
  }
}

package dev.tocsin.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tocsin.model.alert.AlertEvent;
import dev.tocsin.model.batch.StaleMarker;
import dev.tocsin.model.input.Input;
import java.io.ByteArrayInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class RestartTest {
  private static final long HOUR = 3_600_000;
  private final Stand stand = new Stand();

  @BeforeEach
  void oneFiresAndOneIsPending() {
    stand.load(
        Stand.group("- alert: A\n  expr: load > 5\n- alert: B\n  expr: load > 5\n  for: 1h"));
    stand.sample(9_000, 7, "load");
    stand.tick(10_000);
    assertThat(stand.told()).containsExactly("FIRING {alertname=\"A\"}");
  }

  @Test
  void slotsDuringTheOutageAreMissed() {
    stand.restart(55_000);
    assertThat(stand.engine.nextDeadlineMs()).isEqualTo(60_000);
    assertThat(stand.engine.view().groups().getFirst().missed()).isEqualTo(4);
    assertThat(stand.tick(55_000)).isEmpty();
  }

  @Test
  void alertsAreHeldForTwoIntervalsWhereNothingIsDelivered() {
    stand.restart(HOUR - 5_000);
    stand.tick(HOUR - 5_000);
    stand.tick(HOUR);
    assertThat(stand.told()).containsExactly("STILL_FIRING {alertname=\"A\"}");
    assertThat(stand.query("ALERTS", HOUR)).hasSize(2);
    stand.tick(HOUR + 10_000);
    assertThat(stand.told()).isEmpty();
    stand.tick(HOUR + 20_000);
    assertThat(stand.told()).containsExactly("RESOLVED {alertname=\"A\"}");
    assertThat(stand.query("ALERTS", HOUR + 20_000)).isEmpty();
  }

  @Test
  void activeAtIsKeptAndTheOutageCountsTowardsFor() {
    stand.restart(HOUR);
    stand.tick(HOUR);
    stand.sample(HOUR + 9_000, 8, "load");
    stand.tick(HOUR + 10_000);
    AlertEvent fired = stand.events.getLast();
    assertThat(fired.name()).isEqualTo("B");
    assertThat(fired.activeAtMs()).isEqualTo(10_000);
    assertThat(fired.firedAtMs()).isEqualTo(HOUR + 10_000);
  }

  @Test
  void aDeliveryEndsTheHold() {
    stand.restart(HOUR);
    stand.tick(HOUR);
    stand.sample(HOUR + 9_000, 1, "load");
    stand.tick(HOUR + 10_000);
    assertThat(stand.told()).containsExactly("RESOLVED {alertname=\"A\"}");
    assertThat(stand.rule(1).alerts()).isEmpty();
  }

  @Test
  void aStaleMarkerIsADeliveryToo() {
    stand.restart(HOUR);
    stand.tick(HOUR);
    stand.sample(HOUR + 9_000, StaleMarker.VALUE, "load");
    stand.tick(HOUR + 10_000);
    assertThat(stand.told()).containsExactly("RESOLVED {alertname=\"A\"}");
  }

  @Test
  void allSeriesHaveToDeliverHoweverManyTheyAre() {
    for (int i = 0; i < 100; i++) {
      stand.sample(10_500, 1, "disk", "n", "" + i);
    }
    stand.load(Stand.group("- alert: Few\n  expr: count(disk) < 101"));
    stand.tick(20_000);
    stand.restart(HOUR);
    stand.tick(HOUR);
    for (int i = 0; i < 99; i++) {
      stand.sample(HOUR + 9_000, 1, "disk", "n", "" + i);
    }
    stand.sample(HOUR + 9_000, 1, "disk", "n", "new");
    stand.sample(HOUR + 9_000, 1, "disk", "n", "newer");
    stand.told();
    stand.tick(HOUR + 10_000);
    assertThat(stand.told()).doesNotContain("RESOLVED {alertname=\"Few\"}");
    stand.sample(HOUR + 19_000, 1, "disk", "n", "99");
    stand.tick(HOUR + 20_000);
    assertThat(stand.told()).contains("RESOLVED {alertname=\"Few\"}");
  }

  @Test
  void withoutAnOutageNothingIsHeld() {
    stand.restore();
    stand.tick(HOUR);
    assertThat(stand.told()).containsExactly("RESOLVED {alertname=\"A\"}");
  }

  @Test
  void theReferencesAreKnownAgain() {
    stand.sample(10_500, 3, "other", "x", "y");
    stand.restart(HOUR);
    List<String> seen = new ArrayList<>();
    stand.engine.forEachReference(
        (ref, tenant, labels, timeMs, bits) ->
            seen.add(
                ref
                    + " "
                    + tenant.id()
                    + " "
                    + labels
                    + " "
                    + timeMs
                    + " "
                    + Double.longBitsToDouble(bits)));
    assertThat(seen)
        .containsExactly("0 default load 9000 7.0", "1 default other{x=\"y\"} 10500 3.0");
  }

  @Test
  void whatIsOwedIsTheLastChangeAndWhoAcceptedIt() {
    Owed fresh = stand.engine.owed().getFirst();
    assertThat(fresh.event().kind()).isEqualTo(AlertEvent.Kind.FIRING);
    assertThat(fresh.answeredAtMsByReceiver()).isEmpty();
    String id = fresh.event().id();
    stand.step(new Input.Delivered(id, "hook", 10_100, true));
    stand.step(new Input.Delivered(id, "am", 10_100, false));
    stand.step(new Input.Delivered("unknown", "x", 10_100, true));
    stand.tick(80_000);
    AlertEvent still = stand.events.getLast();
    assertThat(still.kind()).isEqualTo(AlertEvent.Kind.STILL_FIRING);
    stand.step(new Input.Delivered(still.id(), "am", 80_100, true));
    stand.restart(90_000);
    Owed owed = stand.engine.owed().getFirst();
    assertThat(owed.event().id()).isEqualTo(id);
    assertThat(owed.event().kind()).isEqualTo(AlertEvent.Kind.FIRING);
    assertThat(owed.event().validUntilMs()).isEqualTo(still.validUntilMs());
    assertThat(owed.answeredAtMsByReceiver()).isEqualTo(Map.of("hook", 10_100L, "am", 80_100L));
  }

  @Test
  void aResolvedAlertIsOwedForAQuarterOfAnHour() {
    stand.step(new Input.Delivered(stand.engine.owed().getFirst().event().id(), "h", 1, true));
    stand.sample(19_000, 1, "load");
    stand.tick(20_000);
    Owed owed = stand.engine.owed().getFirst();
    assertThat(owed.event().kind()).isEqualTo(AlertEvent.Kind.RESOLVED);
    assertThat(owed.answeredAtMsByReceiver()).isEmpty();
    stand.tick(920_000);
    assertThat(stand.engine.owed()).hasSize(1);
    stand.tick(930_000);
    assertThat(stand.engine.owed()).isEmpty();
  }

  @Test
  void bytesThatAreNoCheckpointAreRefused() {
    byte[] good = stand.bytes();
    byte[] other = good.clone();
    other[0] = 1;
    assertThatThrownBy(() -> restore(other)).isInstanceOf(IOException.class);
    byte[] newer = good.clone();
    newer[7] = 9;
    assertThatThrownBy(() -> restore(newer)).hasMessageContaining("version 9");
    for (int length = 0; length < good.length; length += 13) {
      byte[] torn = Arrays.copyOf(good, length);
      assertThatThrownBy(() -> restore(torn)).isInstanceOf(IOException.class);
    }
  }

  private static Engine restore(byte[] bytes) throws IOException {
    return Engine.restore(new DataInputStream(new ByteArrayInputStream(bytes)), Stand.OPTIONS);
  }
}

package dev.tocsin.pipeline.intake;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tocsin.model.input.Input;
import dev.tocsin.model.labels.Labels;
import dev.tocsin.model.names.SeriesNames;
import dev.tocsin.model.tenant.Tenant;
import dev.tocsin.pipeline.accounting.Accounts;
import dev.tocsin.pipeline.accounting.Refusal;
import dev.tocsin.pipeline.ring.Entry;
import dev.tocsin.pipeline.ring.RingSize;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// Series that are forgotten, and who still has their references.
class ExpiredSeriesTest {
  private static final Tenant TENANT = IntakeFixture.TENANT;

  private final IntakeFixture fixture = new IntakeFixture();
  private final Intake intake = fixture.intake;
  private final long nowMs = fixture.clock.wallMillis();

  @AfterEach
  void everySampleIsInOnePlaceAndNothingLeaks() {
    fixture.passAll();
    assertThat(fixture.accounting.snapshot()).matches(Accounts::isBalanced);
    assertThat(fixture.ring.slabsInUse()).isZero();
    assertThat(fixture.ring.entriesInUse()).isZero();
  }

  private long expire(int ref, long lastMs) {
    return intake.expire(new int[] {ref}, new long[] {lastMs}, nowMs);
  }

  private List<Integer> forgotten() {
    List<Integer> all = new ArrayList<>();
    for (Entry entry : IntakeFixture.read(fixture.ring.engine())) {
      if (entry.input() instanceof Input.Expire expire) {
        all.addAll(expire.refs());
      }
    }
    return all;
  }

  @Test
  void aSeriesThatIsForgottenIsNewWhenItComesAgain() {
    int up = fixture.ref("up");
    fixture.commit(up, nowMs, 1);
    assertThat(expire(up, nowMs)).isEqualTo(2);
    assertThat(intake.seriesCount()).isZero();
    assertThat(intake.isGiven(up)).isFalse();
    int again = fixture.ref("up");
    assertThat(again).isNotEqualTo(up);
    // Nothing is known of what it had.
    assertThat(fixture.commit(again, nowMs - 5, 1).accepted()).isEqualTo(1);
    assertThat(forgotten()).containsExactly(up);
  }

  @Test
  void oneThatGotASampleSinceStays() {
    int up = fixture.ref("up");
    fixture.commit(up, nowMs, 1);
    fixture.commit(up, nowMs + 1, 1);
    assertThat(expire(up, nowMs)).isEqualTo(3);
    assertThat(intake.isGiven(up)).isTrue();
    assertThat(fixture.ref("up")).isEqualTo(up);
    assertThat(forgotten()).isEmpty();
  }

  @Test
  void samplesThatWereOnTheirWayGoToTheNewOne() {
    int up = fixture.ref("up");
    fixture.commit(up, nowMs, 1);
    try (Staging staging = fixture.begin(2)) {
      staging.add(up, nowMs + 1, 2);
      staging.add(up, nowMs + 2, 3);
      assertThat(expire(up, nowMs)).isPositive();
      assertThat(staging.commit().accepted()).isEqualTo(2);
    }
    int again = fixture.ref("up");
    assertThat(again).isEqualTo(up + 1);
    List<Entry> entries = IntakeFixture.read(fixture.ring.journal());
    Input.Transaction last = (Input.Transaction) entries.getLast().input();
    assertThat(last.definitions()).extracting("ref").containsExactly(again);
    assertThat(last.slabs().getFirst().refs[1]).isEqualTo(again);
  }

  @Test
  void samplesOfOneForgottenLongAgoAreToComeAgain() {
    IntakeFixture small = new IntakeFixture(new RingSize(8, 64, 8), 100_000, 0, 0);
    int up = small.ref("up");
    small.commit(up, nowMs, 1);
    small.intake.expire(new int[] {up}, new long[] {nowMs}, nowMs);
    for (int i = 0; i < 8192; i++) {
      int ref = small.ref("other" + i);
      small.commit(ref, nowMs, 1);
      small.intake.expire(new int[] {ref}, new long[] {nowMs}, nowMs);
      small.passAll();
    }
    assertThat(small.commit(up, nowMs + 1, 1).refused()).isEqualTo(Map.of(Refusal.BUSY, 1));
    assertThat(small.accounting.snapshot()).matches(Accounts::isBalanced);
  }

  @Test
  void roomIsForTheSeriesThatAreThere() {
    IntakeFixture small = new IntakeFixture(new RingSize(8, 64, 8), 1000, 0, 0);
    for (int i = 0; i < 20_000; i++) {
      int ref = small.ref("s" + i);
      assertThat(ref).isEqualTo(i);
      small.commit(ref, nowMs, 1);
      if (i >= 999) {
        int[] gone = {i - 999};
        assertThat(small.intake.expire(gone, new long[] {nowMs}, 0)).isPositive();
      }
      small.passAll();
      var _ = small.intake.renewNames(10);
    }
    assertThat(small.intake.seriesCount()).isEqualTo(999);
    assertThat(small.intake.refusedSeries().standings()).isEmpty();
  }

  @Test
  void namesAreRenewedWhileOthersLook() throws Exception {
    SeriesNames names = new SeriesNames(7);
    SeriesTable table = new SeriesTable(100_000, 64 << 20, names);
    for (int i = 0; i < 21_000; i++) {
      table.add(TENANT, labels(i));
    }
    Thread reader =
        Thread.ofPlatform()
            .start(
                () -> {
                  for (int i = 0; i < 200_000; i++) {
                    byte[] key = SeriesKey.of(labels(10_000 + i % 10_000));
                    int ref = table.find(TENANT, key, 0, key.length);
                    if (ref != 10_000 + i % 10_000) {
                      throw new AssertionError("found " + ref + " for " + i % 10_000);
                    }
                  }
                });
    Throwable[] wrong = {null};
    reader.setUncaughtExceptionHandler((_, e) -> wrong[0] = e);
    for (int ref = 0; ref < 10_000; ref++) {
      table.forget(ref);
    }
    for (int ref = 20_000; ref < 20_900; ref++) {
      table.forget(ref);
    }
    boolean more = table.renew(100);
    for (int i = 0; more; i++) {
      table.add(TENANT, labels(40_000 + i));
      table.forget(20_900 + i);
      more = table.renew(100);
    }
    reader.join();
    assertThat(wrong[0]).isNull();
    for (int i = 0; i < 10_000; i++) {
      byte[] key = SeriesKey.of(labels(i));
      assertThat(table.find(TENANT, key, 0, key.length)).isEqualTo(-1);
    }
    assertThat(names.newest()).isNotSameAs(names);
    assertThat(names.newest().count()).isLessThan(11_000);
  }

  private static Labels labels(int i) {
    return Labels.of("__name__", "metric", "i", Integer.toString(i));
  }

  @Test
  void aTenantIsToldOfOnceAndOnceAgainWhenItHasHealed() {
    IntakeFixture small = new IntakeFixture(new RingSize(8, 64, 8), 2, 0, 0);
    List<String> told = new ArrayList<>();
    RefusedSeries refused = small.intake.refusedSeries();
    refused.onChange(
        new RefusedSeries.Listener() {
          @Override
          public void full(Tenant tenant) {
            told.add("full " + tenant.id());
          }

          @Override
          public void healed(Tenant tenant, long count) {
            told.add("healed " + tenant.id() + " " + count);
          }
        });
    int a = small.ref("a");
    small.commit(a, nowMs, 1);
    assertThat(small.ref("b")).isEqualTo(1);
    for (int i = 0; i < 5; i++) {
      assertThat(small.ref("more" + i)).isEqualTo(-1);
    }
    Tenant other = new Tenant("other");
    assertThat(small.intake.ref(other, Labels.of("a", "b"))).isEqualTo(-1);
    assertThat(small.ref("a")).as("what is known goes on").isEqualTo(a);
    refused.look();
    assertThat(told).containsExactly("full " + TENANT.id(), "full other");
    small.clock.moveMonotonic(61_000);
    refused.look();
    refused.look();
    assertThat(told)
        .containsExactlyInAnyOrder(
            "full " + TENANT.id(), "full other", "healed " + TENANT.id() + " 5", "healed other 1");
    assertThat(small.ref("again")).isEqualTo(-1);
    assertThat(told).hasSize(5).endsWith("full " + TENANT.id());
    assertThat(refused.standings())
        .containsExactlyInAnyOrder(
            new RefusedSeries.Standing(TENANT, 6, true),
            new RefusedSeries.Standing(other, 1, false));
  }
}

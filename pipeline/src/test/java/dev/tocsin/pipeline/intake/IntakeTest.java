package dev.tocsin.pipeline.intake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.tocsin.model.batch.EncodedHistogram;
import dev.tocsin.model.batch.SeriesDefinition;
import dev.tocsin.model.batch.Slab;
import dev.tocsin.model.batch.StaleMarker;
import dev.tocsin.model.input.Input;
import dev.tocsin.model.labels.Labels;
import dev.tocsin.model.limit.Limits;
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

class IntakeTest {
  private final IntakeFixture fixture = new IntakeFixture();
  private final Intake intake = fixture.intake;
  private final long nowMs = fixture.clock.wallMillis();

  @AfterEach
  void everySampleIsInOnePlaceAndNothingLeaks() {
    fixture.passAll();
    Accounts accounts = fixture.accounting.snapshot();
    assertThat(accounts).matches(Accounts::isBalanced);
    assertThat(accounts.inFlight()).isZero();
    assertThat(fixture.ring.slabsInUse()).isZero();
    assertThat(fixture.ring.entriesInUse()).isZero();
  }

  @Test
  void aTransactionReachesBothReadersWithItsDefinitions() {
    int up = fixture.ref("up");
    int down = fixture.ref("down");
    assertThat(fixture.ref("up")).isEqualTo(up);
    try (Staging staging = fixture.begin(2)) {
      staging.add(up, nowMs, 1);
      staging.add(down, nowMs, 0);
      Receipt receipt = staging.commit();
      assertThat(receipt).isEqualTo(new Receipt(1, 2, Map.of(), 0));
      assertThat(receipt.hasErrors()).isFalse();
    }
    Entry entry = IntakeFixture.read(fixture.ring.journal()).getFirst();
    assertThat(entry.seq()).isEqualTo(1);
    assertThat(entry.nowMs()).isEqualTo(nowMs);
    Input.Transaction transaction = (Input.Transaction) entry.input();
    assertThat(transaction.receivedNanos()).isEqualTo(nowMs * 1_000_000);
    assertThat(transaction.definitions())
        .containsExactly(
            new SeriesDefinition(up, IntakeFixture.TENANT, Labels.of("__name__", "up")),
            new SeriesDefinition(down, IntakeFixture.TENANT, Labels.of("__name__", "down")));
    assertThat(fixture.samplesForEngine())
        .containsExactly(up + "@" + nowMs + "=1.0", down + "@" + nowMs + "=0.0");
  }

  @Test
  void manySamplesAtOnceAreTheSameAsOneByOne() {
    int count = 2 * Slab.CAPACITY + 7;
    int[] refs = new int[count + 2];
    long[] timesMs = new long[count + 2];
    double[] values = new double[count + 2];
    List<String> expected = new ArrayList<>();
    for (int i = 1; i <= count; i++) {
      refs[i] = fixture.ref("m" + i);
      // One in the middle is refused: those behind it move up.
      timesMs[i] = i == 300 ? nowMs + 2 * Limits.AHEAD_MS_MAX : nowMs + i;
      values[i] = i;
      if (i != 300) {
        expected.add(refs[i] + "@" + timesMs[i] + "=" + values[i]);
      }
    }
    try (Staging staging = fixture.begin(count)) {
      staging.addAll(refs, timesMs, values, 1, 101);
      staging.addAll(refs, timesMs, values, 101, count + 1);
      assertThatIllegalStateException()
          .isThrownBy(() -> staging.addAll(refs, timesMs, values, 1, 2));
      refs[count + 1] = 1_000_000;
      assertThatIllegalArgumentException()
          .isThrownBy(() -> staging.addAll(refs, timesMs, values, count + 1, count + 2));
      assertThat(staging.commit().refused()).isEqualTo(Map.of(Refusal.TOO_FAR_AHEAD, 1));
    }
    assertThat(fixture.samplesForEngine()).containsExactlyElementsOf(expected);
  }

  @Test
  void whatWasSentAgainIsNoError() {
    int up = fixture.ref("up");
    fixture.commit(up, nowMs, StaleMarker.VALUE);
    Receipt again = fixture.commit(up, nowMs, StaleMarker.VALUE);
    assertThat(again).isEqualTo(new Receipt(1, 0, Map.of(Refusal.DUPLICATE, 1), 0));
    assertThat(again.hasErrors()).isFalse();
    assertThat(fixture.accounting.snapshot().resent()).isEqualTo(1);
    assertThat(intake.lastSeq()).isEqualTo(1);
  }

  @Test
  void valuesAreComparedByTheirBits() {
    int up = fixture.ref("up");
    fixture.commit(up, nowMs, StaleMarker.VALUE);
    Receipt other = fixture.commit(up, nowMs, Double.NaN);
    assertThat(other.refused()).isEqualTo(Map.of(Refusal.DUPLICATE_VALUE, 1));
    assertThat(other.hasErrors()).isTrue();
    fixture.commit(up, nowMs + 1, 0.0);
    assertThat(fixture.commit(up, nowMs + 1, -0.0).refused()).containsKey(Refusal.DUPLICATE_VALUE);
  }

  @Test
  void timesAreBounded() {
    int up = fixture.ref("up");
    assertThat(refusal(up, nowMs - Limits.BEHIND_MS_MAX - 1)).containsOnlyKeys(Refusal.TOO_OLD);
    assertThat(refusal(up, nowMs - Limits.BEHIND_MS_MAX)).isEmpty();
    assertThat(refusal(up, nowMs + Limits.AHEAD_MS_MAX + 1))
        .containsOnlyKeys(Refusal.TOO_FAR_AHEAD);
    assertThat(refusal(up, nowMs + Limits.AHEAD_MS_MAX)).isEmpty();
    assertThat(refusal(up, nowMs)).containsOnlyKeys(Refusal.OUT_OF_ORDER);
    assertThat(refusal(up, Long.MIN_VALUE)).containsOnlyKeys(Refusal.TOO_OLD);
    assertThat(refusal(up, Long.MAX_VALUE)).containsOnlyKeys(Refusal.TOO_FAR_AHEAD);
    assertThat(refusal(fixture.ref("new"), Long.MIN_VALUE)).containsOnlyKeys(Refusal.TOO_OLD);
  }

  @Test
  void aSourceHearsWhichSamplesWereRefused() {
    int up = fixture.ref("up");
    List<String> heard = new ArrayList<>();
    int count = Slab.CAPACITY + 3;
    try (Staging staging = fixture.begin(count)) {
      for (int i = 0; i < count - 2; i++) {
        staging.add(up, nowMs + i, 1);
      }
      staging.add(up, nowMs + count - 3, 1);
      staging.add(up, nowMs, 2);
      Receipt receipt = staging.commit((place, reason) -> heard.add(place + " " + reason));
      assertThat(receipt.accepted()).isEqualTo(count - 2);
    }
    assertThat(heard).containsExactly((count - 2) + " DUPLICATE", (count - 1) + " OUT_OF_ORDER");
  }

  @Test
  void aSourceHearsOfRefusedHistogramsToo() {
    int up = fixture.ref("up");
    List<String> heard = new ArrayList<>();
    EncodedHistogram histogram = IntakeFixture.histogram(1);
    try (Staging staging = fixture.begin(3, 3 * histogram.size())) {
      staging.addHistogram(up, nowMs, histogram);
      staging.addHistogram(up, nowMs, IntakeFixture.histogram(2));
      staging.addHistogram(up, nowMs - 1, histogram);
      Receipt receipt = staging.commit((place, _) -> heard.add(Integer.toString(place)));
      assertThat(receipt.histogramErrors()).isEqualTo(2);
    }
    assertThat(heard).containsExactly("1", "2");
  }

  @Test
  void theRulesHoldWithinOneTransactionInOrder() {
    int up = fixture.ref("up");
    try (Staging staging = fixture.begin(5)) {
      staging.add(up, nowMs, 1);
      staging.add(up, nowMs, 1);
      staging.add(up, nowMs, 2);
      staging.add(up, nowMs - 1, 2);
      staging.add(up, nowMs + 1, 3);
      Receipt receipt = staging.commit();
      assertThat(receipt.accepted()).isEqualTo(2);
      assertThat(receipt.refused())
          .isEqualTo(
              Map.of(Refusal.DUPLICATE, 1, Refusal.DUPLICATE_VALUE, 1, Refusal.OUT_OF_ORDER, 1));
    }
    assertThat(fixture.samplesForEngine())
        .containsExactly(up + "@" + nowMs + "=1.0", up + "@" + (nowMs + 1) + "=3.0");
  }

  @Test
  void refusedSamplesLeaveNoGapsAndTheirSlabsAtOnce() {
    int up = fixture.ref("up");
    int samples = 3 * Slab.CAPACITY;
    try (Staging staging = fixture.begin(samples)) {
      for (int i = 0; i < samples; i++) {
        staging.add(up, nowMs + i / 3, i - i % 3);
      }
      assertThat(fixture.ring.slabsInUse()).isEqualTo(3);
      assertThat(staging.commit().accepted()).isEqualTo(Slab.CAPACITY);
    }
    assertThat(fixture.ring.slabsInUse()).isEqualTo(1);
    List<String> expected = new ArrayList<>();
    for (int i = 0; i < Slab.CAPACITY; i++) {
      expected.add(up + "@" + (nowMs + i) + "=" + 3.0 * i);
    }
    assertThat(fixture.samplesForEngine()).isEqualTo(expected);
  }

  @Test
  void histogramsAndFloatsOfASeriesAreOneOrder() {
    int up = fixture.ref("up");
    EncodedHistogram first = IntakeFixture.histogram(1);
    EncodedHistogram second = IntakeFixture.histogram(2);
    try (Staging staging = fixture.begin(7, 5 * first.size())) {
      staging.addHistogram(up, nowMs, first);
      staging.addHistogram(up, nowMs, IntakeFixture.histogram(1));
      staging.addHistogram(up, nowMs, second);
      staging.add(up, nowMs, first.sum());
      staging.add(up, nowMs + 1, 3);
      staging.addHistogram(up, nowMs + 1, second);
      staging.addHistogram(up, nowMs + 2, second);
      assertThat(staging.commit().refused())
          .isEqualTo(Map.of(Refusal.DUPLICATE, 1, Refusal.DUPLICATE_VALUE, 3));
    }
    assertThat(fixture.samplesForEngine())
        .containsExactly(
            up + "@" + nowMs + "=1.0h",
            up + "@" + (nowMs + 1) + "=3.0",
            up + "@" + (nowMs + 2) + "=2.0h");
  }

  @Test
  void aHistogramThatWasSentBeforeTheStartIsADuplicate() {
    IntakeFixture restored = new IntakeFixture(new RingSize(8, 32, 8), 10, 70, nowMs);
    EncodedHistogram histogram = IntakeFixture.histogram(1);
    Labels labels = Labels.of("__name__", "up");
    restored.table.restore(0, IntakeFixture.TENANT, labels, nowMs, histogram.fingerprint());
    try (Staging staging = restored.begin(2, 2 * histogram.size())) {
      staging.addHistogram(0, nowMs, histogram);
      staging.addHistogram(0, nowMs, IntakeFixture.histogram(2));
      assertThat(staging.commit().refused())
          .isEqualTo(Map.of(Refusal.DUPLICATE, 1, Refusal.DUPLICATE_VALUE, 1));
    }
  }

  @Test
  void theBytesOfHistogramsAreBoundedAndComeBack() {
    EncodedHistogram histogram = IntakeFixture.histogram(1);
    int size = histogram.size();
    IntakeFixture small = new IntakeFixture(new RingSize(8, 32, 8, 6 * size), 10, 0, nowMs);
    assertThat(small.intake.histogramBytesMax()).isEqualTo(3 * size);
    int up = small.ref("up");
    assertThatIllegalArgumentException().isThrownBy(() -> small.begin(4, 4 * size));
    Staging first = small.begin(3, 3 * size);
    Staging second = small.begin(2, 2 * size);
    assertThat(small.intake.begin(IntakeFixture.TENANT, 2, 2 * size, 1))
        .isInstanceOfSatisfying(
            Admission.Busy.class,
            busy ->
                assertThat(busy.reason())
                    .contains(5 * size + " of " + 6 * size + " bytes of histograms"));
    second.close();
    assertThat(small.ring.histogramBytesInUse()).isEqualTo(3 * size);
    first.addHistogram(up, nowMs, histogram);
    first.addHistogram(up, nowMs - 1, histogram);
    first.addHistogram(up, nowMs + 1, histogram);
    assertThatIllegalStateException()
        .isThrownBy(() -> first.addHistogram(up, nowMs + 2, histogram));
    assertThat(first.commit().accepted()).isEqualTo(2);
    assertThat(small.ring.histogramBytesInUse()).isEqualTo(2 * size);
    assertThat(small.ring.fill()).isGreaterThan(0.3);
    small.passAll();
    assertThat(small.ring.histogramBytesInUse()).isZero();
    assertThat(small.ring.slabsInUse()).isZero();
  }

  @Test
  void nowNeverDecreases() {
    int up = fixture.ref("up");
    fixture.commit(up, nowMs, 1);
    fixture.clock.moveWall(-5000);
    fixture.commit(up, nowMs + 1, 1);
    intake.submit(new Input.Tick());
    fixture.clock.moveWall(5001);
    intake.submit(new Input.Tick());
    assertThat(IntakeFixture.read(fixture.ring.engine()))
        .extracting(Entry::nowMs)
        .containsExactly(nowMs, nowMs, nowMs, nowMs + 1);
  }

  @Test
  void sequenceAndTimeGoOnWhereTheyEnded() {
    IntakeFixture restored = new IntakeFixture(new RingSize(8, 32, 8), 10, 70, nowMs + 9000);
    restored.table.restore(
        3, IntakeFixture.TENANT, Labels.of("__name__", "up"), nowMs, StaleMarker.BITS);
    int up = restored.ref("up");
    assertThat(up).isEqualTo(3);
    assertThat(restored.ref("new")).isEqualTo(4);
    // Repeats what is durable from before the start; carries the new definition only.
    Receipt again = restored.commit(up, nowMs, StaleMarker.VALUE);
    assertThat(again).isEqualTo(new Receipt(71, 0, Map.of(Refusal.DUPLICATE, 1), 0));
    assertThat(restored.commit(up, nowMs, StaleMarker.VALUE).seq()).isEqualTo(71);
    Entry entry = IntakeFixture.read(restored.ring.engine()).getFirst();
    assertThat(entry.nowMs()).isEqualTo(nowMs + 9000);
    assertThat(((Input.Transaction) entry.input()).definitions()).hasSize(1);
  }

  @Test
  void anAbandonedTransactionLeavesItsDefinitionsToTheNext() {
    int up = fixture.ref("up");
    try (Staging staging = fixture.begin(300)) {
      staging.add(up, nowMs, 1);
      staging.abandon(Refusal.INVALID_LABELS);
      assertThatIllegalStateException().isThrownBy(staging::commit);
      assertThatIllegalStateException().isThrownBy(() -> staging.add(up, nowMs, 1));
    }
    assertThat(fixture.accounting.snapshot().refused(Refusal.INVALID_LABELS)).isEqualTo(300);
    assertThat(fixture.ring.slabsInUse()).isZero();
    try (Staging staging = fixture.begin(0)) {
      assertThat(staging.commit()).isEqualTo(new Receipt(1, 0, Map.of(), 0));
    }
    try (Staging staging = fixture.begin(0)) {
      assertThat(staging.commit()).isEqualTo(new Receipt(1, 0, Map.of(), 0));
    }
    Input.Transaction transaction =
        (Input.Transaction) IntakeFixture.read(fixture.ring.engine()).getFirst().input();
    assertThat(transaction.definitions()).extracting(SeriesDefinition::ref).containsExactly(up);
    assertThat(transaction.slabs()).isEmpty();
  }

  @Test
  void aSourceThatThrowsLeaksNothing() {
    int up = fixture.ref("up");
    assertThatIllegalArgumentException()
        .isThrownBy(
            () -> {
              try (Staging staging = fixture.begin(300)) {
                staging.add(up, nowMs, 1);
                staging.add(up + 1, nowMs, 1);
              }
            });
    assertThat(fixture.accounting.snapshot().refused(Refusal.ABANDONED)).isEqualTo(300);
  }

  @Test
  void aCommitThatThrowsLeaksNothing() {
    int up = fixture.ref("up");
    assertThatIllegalStateException()
        .isThrownBy(
            () -> {
              try (Staging staging = fixture.begin(2)) {
                staging.add(up, nowMs, 1);
                fixture.clock.broken(true);
                staging.commit();
              }
            });
    assertThatIllegalStateException().isThrownBy(() -> intake.submit(new Input.Tick()));
    fixture.clock.broken(false);
    assertThat(fixture.accounting.snapshot().refused(Refusal.ABANDONED)).isEqualTo(2);
    assertThat(fixture.ring.entriesInUse()).isZero();
    assertThat(fixture.commit(up, nowMs, 1).accepted()).isEqualTo(1);
  }

  @Test
  void aReaderThatCannotBeWokenLeaksNothing() {
    int up = fixture.ref("up");
    fixture.ring.wakeEngineBy(
        () -> {
          throw new IllegalStateException("on purpose");
        });
    assertThatIllegalStateException().isThrownBy(() -> fixture.commit(up, nowMs, 1));
    assertThat(fixture.samplesForEngine()).hasSize(1);
  }

  @Test
  void samplesThatNeverCameAreCountedAsAbandoned() {
    int up = fixture.ref("up");
    try (Staging staging = fixture.begin(600)) {
      staging.add(up, nowMs, 1);
      staging.refuse(Refusal.SERIES_LIMIT, 99);
      Receipt receipt = staging.commit();
      assertThat(receipt.refused())
          .isEqualTo(Map.of(Refusal.SERIES_LIMIT, 99, Refusal.ABANDONED, 500));
      assertThat(receipt.accepted()).isEqualTo(1);
    }
    assertThat(fixture.ring.slabsInUse()).isEqualTo(1);
  }

  @Test
  void noMoreSamplesThanAdmitted() {
    int up = fixture.ref("up");
    try (Staging staging = fixture.begin(1)) {
      assertThatIllegalStateException().isThrownBy(() -> staging.refuse(Refusal.TOO_OLD, 2));
      staging.add(up, nowMs, 1);
      assertThatIllegalStateException().isThrownBy(() -> staging.add(up, nowMs + 1, 1));
      assertThat(staging.commit().accepted()).isEqualTo(1);
    }
    assertThat(intake.samplesMax()).isEqualTo(4 * Slab.CAPACITY);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> intake.begin(IntakeFixture.TENANT, 4 * Slab.CAPACITY + 1, 0));
  }

  @Test
  void aFullRingIsBusyAndSaysWhenToComeBack() {
    Staging first = fixture.begin(4 * Slab.CAPACITY);
    Staging second = fixture.begin(3 * Slab.CAPACITY + 1);
    Admission third = intake.begin(IntakeFixture.TENANT, 1, 0);
    assertThat(third).isInstanceOf(Admission.Busy.class);
    Admission.Busy busy = (Admission.Busy) third;
    assertThat(busy.retryAfterMs()).isEqualTo(1000);
    assertThat(busy.reason()).contains("8 of 8 slabs");
    intake.refuse(Refusal.BUSY, 1);
    assertThat(fixture.accounting.snapshot().refused(Refusal.BUSY)).isEqualTo(1);
    first.close();
    second.close();
    fixture.begin(4 * Slab.CAPACITY).close();
  }

  @Test
  void thePaceFallsAndRisesByTenths() {
    assertThat(intake.pace()).isEqualTo(new Pace(1)).matches(Pace::isFull);
    fixture.stagingFill = 0.91;
    assertThat(intake.pace().factor()).isEqualTo(1);
    fixture.clock.moveMonotonic(100);
    assertThat(intake.pace().factor()).isEqualTo(0.9);
    assertThat(intake.pace().factor()).isEqualTo(0.9);
    // However long nobody looked: one step down.
    fixture.clock.moveMonotonic(1000);
    assertThat(intake.pace().factor()).isEqualTo(0.8);
    for (int i = 0; i < 20; i++) {
      fixture.clock.moveMonotonic(100);
      intake.pace();
    }
    assertThat(intake.pace().factor()).isEqualTo(0.1);
    assertThat(intake.pace().stretch(15_000)).isEqualTo(150_000);
    fixture.stagingFill = 0.9;
    fixture.clock.moveMonotonic(300);
    assertThat(intake.pace().factor()).isEqualTo(0.4);
    fixture.clock.moveMonotonic(3000);
    assertThat(intake.pace().factor()).isEqualTo(1);
    Staging staging = fixture.begin(4 * Slab.CAPACITY);
    Staging rest = fixture.begin(4 * Slab.CAPACITY);
    fixture.clock.moveMonotonic(100);
    assertThat(intake.pace().factor()).isEqualTo(0.9);
    staging.close();
    rest.close();
  }

  @Test
  void aTickFindsAPlaceWhileOthersAreToldToComeAgain() {
    Input delivered = new Input.Delivered("id", "receiver", 0, true);
    for (int i = 1; i <= 24; i++) {
      assertThat(intake.submit(delivered)).isEqualTo(i);
    }
    assertThat(intake.submit(delivered)).isZero();
    assertThat(intake.begin(IntakeFixture.TENANT, 0, 0)).isInstanceOf(Admission.Busy.class);
    for (int i = 25; i <= 32; i++) {
      assertThat(intake.submit(new Input.Tick())).isEqualTo(i);
    }
    assertThat(intake.submit(new Input.Tick())).isZero();
    fixture.passAll();
    assertThat(intake.submit(new Input.Tick())).isEqualTo(33);
    assertThatIllegalArgumentException()
        .isThrownBy(
            () ->
                intake.submit(
                    new Input.Transaction(IntakeFixture.TENANT, 0, List.of(), List.of())));
  }

  @Test
  void seriesBeyondTheLimitHaveNoReference() {
    IntakeFixture small = new IntakeFixture(new RingSize(8, 32, 8), 2, 0, 0);
    assertThat(small.ref("a")).isZero();
    assertThat(small.ref("b")).isEqualTo(1);
    assertThat(small.ref("c")).isEqualTo(-1);
    assertThat(small.ref("a")).isZero();
    assertThat(small.intake.seriesCount()).isEqualTo(2);
  }

  @Test
  void tenantsHaveTheirOwnSeries() {
    int mine = fixture.ref("up");
    int theirs = intake.ref(new Tenant("other"), Labels.of("__name__", "up"));
    assertThat(theirs).isNotEqualTo(mine);
  }

  private Map<Refusal, Integer> refusal(int ref, long timeMs) {
    return fixture.commit(ref, timeMs, 1).refused();
  }
}

package dev.tocsin.pipeline.accounting;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class AccountingTest {
  private final Accounting accounting = new Accounting();
  private final TreeMap<Long, Integer> sequenced = new TreeMap<>();

  @AfterEach
  void everySampleIsInOnePlace() {
    assertThat(accounting.snapshot()).matches(Accounts::isBalanced);
  }

  @Test
  void samplesAreAppliedWhenEngineAndDiskAreDone() {
    sequence(1, 10);
    sequence(2, 20);
    assertThat(accounting.snapshot().inFlight()).isEqualTo(30);
    past(2);
    assertThat(accounting.snapshot().inFlight()).isEqualTo(30);
    accounting.durable(1);
    assertThat(accounting.snapshot().inFlight()).isEqualTo(20);
    accounting.durable(2);
    assertThat(accounting.snapshot().appliedDurable()).isEqualTo(30);
    assertThat(accounting.snapshot().inFlight()).isZero();
  }

  @Test
  void theDiskMayBeFirst() {
    sequence(1, 10);
    accounting.durable(5);
    assertThat(accounting.snapshot().inFlight()).isEqualTo(10);
    past(1);
    assertThat(accounting.snapshot().appliedDurable()).isEqualTo(10);
  }

  @Test
  void afterAFailureEverythingIsUndurableUntilItRecovers() {
    sequence(1, 1);
    sequence(2, 10);
    accounting.failed(2);
    sequence(3, 100);
    past(3);
    assertThat(accounting.snapshot().inFlight()).isEqualTo(111);
    accounting.durable(1);
    assertThat(accounting.snapshot().appliedDurable()).isEqualTo(1);
    assertThat(accounting.snapshot().appliedUndurable()).isEqualTo(110);
    accounting.recovered(3);
    sequence(4, 1000);
    past(4);
    assertThat(accounting.snapshot().inFlight()).isEqualTo(1000);
    accounting.durable(4);
    assertThat(accounting.snapshot().appliedDurable()).isEqualTo(1001);
  }

  @Test
  void whatWasUndecidedBeforeAFailureIsInTheCheckpointThatEndsIt() {
    sequence(1, 1);
    sequence(2, 10);
    accounting.failed(2);
    past(2);
    accounting.recovered(2);
    assertThat(accounting.snapshot().appliedDurable()).isEqualTo(1);
    assertThat(accounting.snapshot().appliedUndurable()).isEqualTo(10);
  }

  @Test
  void refusedSamplesAreCountedByReason() {
    accounting.refusedUnadmitted(Refusal.BUSY, 5);
    accounting.admitted(10);
    RefusalCounts refused = new RefusalCounts();
    refused.add(Refusal.DUPLICATE, 2);
    refused.add(Refusal.TOO_OLD, 1);
    accounting.sequenced(1, 7, refused);
    accounting.admitted(3);
    accounting.refusedAdmitted(Refusal.ABANDONED, 3);
    Accounts accounts = accounting.snapshot();
    assertThat(accounts.received()).isEqualTo(18);
    assertThat(accounts.inFlight()).isEqualTo(7);
    assertThat(accounts.refused())
        .hasSize(Refusal.values().length)
        .containsEntry(Refusal.BUSY, 5L)
        .containsEntry(Refusal.DUPLICATE, 2L)
        .containsEntry(Refusal.TOO_OLD, 1L)
        .containsEntry(Refusal.ABANDONED, 3L)
        .containsEntry(Refusal.TOO_LARGE, 0L);
    assertThat(accounts.resent()).isEqualTo(2);
    assertThat(accounts.refusedTotal()).isEqualTo(11);
  }

  @Test
  void beyondTheLimitTransactionsSettleTogether() {
    Accounting small = new Accounting(2);
    for (int seq = 1; seq <= 100; seq++) {
      small.admitted(seq);
      small.sequenced(seq, seq, new RefusalCounts());
    }
    for (int seq = 1; seq <= 100; seq++) {
      small.enginePast(seq, seq);
    }
    small.durable(1);
    assertThat(small.snapshot().appliedDurable()).isEqualTo(1);
    small.durable(99);
    assertThat(small.snapshot().inFlight()).isEqualTo(5049);
    small.durable(100);
    assertThat(small.snapshot().appliedDurable()).isEqualTo(5050);
    assertThat(small.snapshot().inFlight()).isZero();
  }

  @Test
  void anUnbalancedAccountShows() {
    Accounts wrong = new Accounts(5, 1, 1, Map.of(Refusal.BUSY, 1L), 1);
    assertThat(wrong.isBalanced()).isFalse();
  }

  @Test
  void reasonsHaveWords() {
    assertThat(Refusal.INVALID_BODY.word()).isEqualTo("invalid_body");
    for (Refusal reason : Refusal.values()) {
      assertThat(reason.word())
          .isEqualTo(reason.word().toLowerCase(Locale.ROOT))
          .doesNotContain(" ");
      assertThat(reason.isError()).isEqualTo(reason != Refusal.DUPLICATE);
    }
  }

  /// The engine is past all up to this, and had all of them.
  private void past(long throughSeq) {
    while (!sequenced.isEmpty() && sequenced.firstKey() <= throughSeq) {
      var next = sequenced.pollFirstEntry();
      accounting.enginePast(next.getKey(), next.getValue());
    }
  }

  @Test
  void whatTheEngineNeverHadLeavesTheSumShort() {
    Accounting lossy = new Accounting();
    lossy.admitted(20);
    lossy.sequenced(1, 20, new RefusalCounts());
    lossy.enginePast(1, 13);
    lossy.durable(1);
    assertThat(lossy.snapshot()).matches(accounts -> !accounts.isBalanced());
    assertThat(lossy.snapshot().appliedDurable()).isEqualTo(13);
    assertThat(lossy.snapshot().inFlight()).isZero();
    lossy.enginePast(2, 7);
    assertThat(lossy.snapshot().appliedUndurable()).as("from nowhere").isEqualTo(7);
  }

  private void sequence(long seq, int samples) {
    sequenced.put(seq, samples);
    accounting.admitted(samples);
    accounting.sequenced(seq, samples, new RefusalCounts());
  }
}

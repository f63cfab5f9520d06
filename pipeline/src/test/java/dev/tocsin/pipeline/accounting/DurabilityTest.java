package dev.tocsin.pipeline.accounting;

import static dev.tocsin.pipeline.accounting.Durability.Outcome.DURABLE;
import static dev.tocsin.pipeline.accounting.Durability.Outcome.UNDURABLE;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class DurabilityTest {
  private final Accounting accounting = new Accounting();
  private final Durability durability = new Durability(accounting, 100, 4);
  private final List<String> told = new ArrayList<>();

  @Test
  void whoWaitsIsToldOnceInOrderOfTheSequence() {
    await(103);
    await(101);
    await(102);
    assertThat(told).isEmpty();
    assertThat(durability.waiting()).isEqualTo(3);
    durability.durable(102);
    assertThat(told).containsExactly("101 DURABLE", "102 DURABLE");
    durability.durable(103);
    durability.durable(103);
    assertThat(told).containsExactly("101 DURABLE", "102 DURABLE", "103 DURABLE");
    assertThat(durability.waiting()).isZero();
    assertThat(durability.durableThrough()).isEqualTo(103);
  }

  @Test
  void whatIsKnownIsToldAtOnce() {
    await(0);
    await(100);
    assertThat(told).containsExactly("0 DURABLE", "100 DURABLE");
  }

  @Test
  void whileTheJournalHasFailedNobodyWaits() {
    await(101);
    await(102);
    await(103);
    durability.failed(102, "no space left");
    assertThat(durability.failure()).isEqualTo("no space left");
    assertThat(told).containsExactlyInAnyOrder("102 UNDURABLE", "103 UNDURABLE");
    told.clear();
    await(104);
    await(100);
    assertThat(told).containsExactly("104 UNDURABLE", "100 DURABLE");
    told.clear();
    durability.durable(101);
    assertThat(told).containsExactly("101 DURABLE");
  }

  @Test
  void afterTheRecoveryTheCheckpointHoldsEverythingBefore() {
    await(101);
    durability.failed(102, "");
    assertThat(durability.failure()).isNotEmpty();
    durability.recovered(104);
    assertThat(durability.failure()).isEmpty();
    await(103);
    await(105);
    assertThat(told).containsExactly("101 DURABLE", "103 DURABLE");
    durability.durable(105);
    assertThat(told).hasSize(3).contains("105 DURABLE");
  }

  @Test
  void waitersAreBoundedAndTheOthersComeBackLater() {
    for (int seq = 101; seq <= 105; seq++) {
      await(seq);
    }
    assertThat(told).containsExactly("105 UNDURABLE");
    assertThat(durability.turnedAway()).isEqualTo(1);
    durability.durable(105);
    assertThat(told).hasSize(5);
  }

  @Test
  void oneThatThrowsDoesNotKeepTheOthersWaiting() {
    durability.whenDurable(
        101,
        _ -> {
          throw new IllegalStateException("on purpose");
        });
    await(102);
    durability.durable(102);
    assertThat(told).containsExactly("102 DURABLE");
    assertThat(durability.callbackFailures()).isEqualTo(1);
  }

  @Test
  void whatIsToldIsCountedAlready() {
    accounting.admitted(7);
    accounting.sequenced(101, 7, new RefusalCounts());
    accounting.enginePast(101, 7);
    durability.whenDurable(
        101, outcome -> told.add(outcome + " " + accounting.snapshot().appliedDurable()));
    durability.durable(101);
    accounting.admitted(8);
    accounting.sequenced(102, 8, new RefusalCounts());
    accounting.enginePast(102, 8);
    durability.whenDurable(
        102, outcome -> told.add(outcome + " " + accounting.snapshot().appliedUndurable()));
    durability.failed(102, "broken");
    assertThat(told).containsExactly(DURABLE + " 7", UNDURABLE + " 8");
  }

  private void await(long seq) {
    durability.whenDurable(seq, outcome -> told.add(seq + " " + outcome));
  }
}

package dev.tocsin.pipeline.intake;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tocsin.model.batch.Slab;
import dev.tocsin.model.input.Input;
import dev.tocsin.pipeline.accounting.Accounts;
import dev.tocsin.pipeline.ring.Entry;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/// What gets lost on the way is seen in the accounts.
class LostSlabTest {
  @Test
  void aSlabThatIsDroppedBreaksTheSum() {
    IntakeFixture lossy = new IntakeFixture();
    int up = lossy.ref("up");
    int count = Slab.CAPACITY + 44;
    try (Staging staging = lossy.begin(count)) {
      for (int i = 0; i < count; i++) {
        staging.add(up, lossy.clock.wallMillis() + i, 1);
      }
      assertThat(staging.commit().accepted()).isEqualTo(count);
    }
    assertThat(lossy.accounting.snapshot()).matches(Accounts::isBalanced);
    // A reader that loses the last slab of what it polls.
    Entry whole = Objects.requireNonNull(lossy.ring.engine().poll());
    Input.Transaction had = (Input.Transaction) whole.input();
    List<Slab> fewer = had.slabs().subList(0, 1);
    Input.Transaction less =
        new Input.Transaction(had.tenant(), had.receivedNanos(), had.definitions(), fewer);
    lossy.ring.engine().done(new Entry(whole.seq(), whole.nowMs(), less));
    IntakeFixture.read(lossy.ring.journal());
    lossy.durability.durable(whole.seq());
    Accounts accounts = lossy.accounting.snapshot();
    assertThat(accounts).matches(broken -> !broken.isBalanced());
    assertThat(accounts.received() - accounts.appliedDurable()).isEqualTo(44);
    assertThat(accounts.inFlight()).isZero();
  }
}

package dev.tocsin.pipeline.ring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.tocsin.model.batch.Slab;
import dev.tocsin.model.input.Input;
import dev.tocsin.model.tenant.Tenant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class RingTest {
  private static final Input TICK = new Input.Tick();
  private static final Input DELIVERED = new Input.Delivered("id", "receiver", 0, true);

  private final List<Long> past = new ArrayList<>();
  private final Ring ring = new Ring(new RingSize(4, 8, 3), 100, (seq, _) -> past.add(seq));

  @Test
  void bothReadersSeeEverythingInOrder() {
    publish(TICK);
    publish(DELIVERED);
    assertThat(poll(ring.engine()).seq()).isEqualTo(101);
    assertThat(poll(ring.journal()).seq()).isEqualTo(101);
    assertThat(poll(ring.engine()).input()).isEqualTo(DELIVERED);
    assertThat(ring.engine().poll()).isNull();
    assertThat(poll(ring.journal()).seq()).isEqualTo(102);
    assertThat(ring.lastSeq()).isEqualTo(102);
  }

  @Test
  void slabsAreClaimedAllOrNone() {
    Slab[] three = claim(3);
    assertThat(ring.claim(2)).isNull();
    assertThat(ring.slabsInUse()).isEqualTo(3);
    assertThat(ring.entriesInUse()).isEqualTo(1);
    Slab[] one = claim(1);
    assertThat(ring.claim(1)).isNull();
    assertThat(claim(0)).isEmpty();
    assertThat(List.of(three)).doesNotContain(one);
  }

  @Test
  void slabsComeBackEmptyWhenBothReadersAreDone() {
    Slab[] slabs = claim(2);
    slabs[0].add(1, 2, 3);
    publishClaimed(transaction(slabs));
    Entry forEngine = poll(ring.engine());
    Entry forJournal = poll(ring.journal());
    ring.journal().done(forJournal);
    assertThat(ring.slabsInUse()).isEqualTo(2);
    assertThat(slabs[0].count()).isEqualTo(1);
    assertThat(past).isEmpty();
    ring.engine().done(forEngine);
    assertThat(ring.slabsInUse()).isZero();
    assertThat(ring.entriesInUse()).isZero();
    assertThat(past).containsExactly(101L);
    for (Slab slab : claim(4)) {
      assertThat(slab.count()).isZero();
    }
  }

  @Test
  void whatIsNotNeededIsGivenBack() {
    Slab[] slabs = claim(4);
    ring.unclaim(slabs, 1);
    assertThat(ring.slabsInUse()).isEqualTo(1);
    ring.unclaim(new Slab[] {slabs[0]}, 0);
    ring.unclaimEntry();
    assertThat(ring.slabsInUse()).isZero();
    assertThat(ring.entriesInUse()).isZero();
  }

  @Test
  void aTickFindsAPlaceWhereOthersDoNot() {
    for (int i = 0; i < 4; i++) {
      publish(DELIVERED);
    }
    assertThat(claim(0)).isEmpty();
    assertThat(ring.claimEntry(DELIVERED)).isFalse();
    assertThat(ring.claim(0)).isNull();
    for (int i = 0; i < 3; i++) {
      publish(TICK);
    }
    assertThat(ring.claimEntry(TICK)).isFalse();
    publishClaimed(TICK);
    assertThat(ring.entriesInUse()).isEqualTo(8);
    for (int i = 0; i < 8; i++) {
      ring.engine().done(poll(ring.engine()));
      ring.journal().done(poll(ring.journal()));
    }
    assertThat(ring.entriesInUse()).isZero();
  }

  @Test
  void goesRoundManyTimes() {
    for (int i = 1; i <= 100; i++) {
      publishClaimed(transaction(claim(i % 5)));
      ring.engine().done(poll(ring.engine()));
      Entry entry = poll(ring.journal());
      assertThat(entry.seq()).isEqualTo(100 + i);
      ring.journal().done(entry);
    }
    assertThat(ring.slabsInUse()).isZero();
  }

  @Test
  void fillIsOfSlabsOrOfEntries() {
    assertThat(ring.fill()).isZero();
    claim(3);
    assertThat(ring.fill()).isEqualTo(0.75);
    for (int i = 0; i < 4; i++) {
      publish(DELIVERED);
    }
    assertThat(ring.fill()).isEqualTo(1);
  }

  @Test
  void bothReadersAreWoken() {
    List<String> woken = new ArrayList<>();
    ring.wakeReaders();
    ring.wakeEngineBy(() -> woken.add("engine"));
    ring.wakeJournalBy(() -> woken.add("journal"));
    ring.wakeReaders();
    assertThat(woken).containsExactly("engine", "journal");
  }

  @Test
  void misuseIsAnError() {
    assertThatIllegalStateException().isThrownBy(() -> ring.publish(new Entry(101, 0, TICK)));
    publish(TICK);
    assertThat(ring.claimEntry(TICK)).isTrue();
    assertThatIllegalStateException().isThrownBy(() -> ring.publish(new Entry(103, 0, TICK)));
    assertThatIllegalStateException().isThrownBy(() -> ring.engine().done(new Entry(101, 0, TICK)));
    Entry entry = poll(ring.engine());
    ring.engine().done(entry);
    assertThatIllegalStateException().isThrownBy(() -> ring.engine().done(entry));
    assertThatIllegalArgumentException().isThrownBy(() -> new RingSize(4, 6, 3));
    assertThatIllegalArgumentException().isThrownBy(() -> new RingSize(4, 8, 8));
  }

  private void publish(Input input) {
    assertThat(ring.claimEntry(input)).isTrue();
    publishClaimed(input);
  }

  private void publishClaimed(Input input) {
    ring.publish(new Entry(ring.lastSeq() + 1, 0, input));
  }

  private Slab[] claim(int slabs) {
    return Objects.requireNonNull(ring.claim(slabs));
  }

  private static Entry poll(EntryReader reader) {
    return Objects.requireNonNull(reader.poll());
  }

  private static Input transaction(Slab[] slabs) {
    return new Input.Transaction(Tenant.DEFAULT, 0, List.of(), List.of(slabs));
  }
}

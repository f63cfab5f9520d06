package dev.tocsin.pipeline.intake;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tocsin.model.batch.SeriesDefinition;
import dev.tocsin.model.input.Input;
import dev.tocsin.model.labels.Labels;
import dev.tocsin.model.limit.Limits;
import dev.tocsin.pipeline.ring.Entry;
import java.util.List;
import org.junit.jupiter.api.Test;

/// New series are bounded in number and in bytes.
class NewSeriesTest {
  private final IntakeFixture fixture = new IntakeFixture();
  private final Intake intake = fixture.intake;
  private final long nowMs = fixture.clock.wallMillis();

  @Test
  void tooManyNewSeriesGoAheadInATransactionOfTheirOwn() {
    for (int i = 0; i <= Limits.DEFINITIONS_MAX; i++) {
      assertThat(fixture.ref("series" + i)).isEqualTo(i);
    }
    fixture.commit(Limits.DEFINITIONS_MAX, nowMs, 1);
    List<Entry> entries = IntakeFixture.read(fixture.ring.engine());
    assertThat(entries).hasSize(2);
    Input.Transaction ahead = (Input.Transaction) entries.getFirst().input();
    assertThat(ahead.definitions()).hasSize(Limits.DEFINITIONS_MAX);
    assertThat(ahead.slabs()).isEmpty();
    Input.Transaction next = (Input.Transaction) entries.getLast().input();
    assertThat(next.definitions())
        .extracting(SeriesDefinition::ref)
        .containsExactly(Limits.DEFINITIONS_MAX);
  }

  @Test
  void newSeriesAreBoundedInBytesTooAndRefusedWhereTheRingIsFull() {
    while (intake.submit(new Input.Delivered("id", "receiver", 0, true)) > 0) {
      // Until nothing but ticks finds a place.
    }
    String padding = "x".repeat(60_000);
    int refs = 0;
    while (intake.ref(IntakeFixture.TENANT, Labels.of("a", refs + padding)) >= 0) {
      refs++;
    }
    assertThat(refs).isEqualTo(Limits.DEFINITIONS_BYTES_MAX / 60_006);
    fixture.passAll();
    assertThat(intake.ref(IntakeFixture.TENANT, Labels.of("a", refs + padding))).isEqualTo(refs);
    assertThat(intake.lastSeq()).isEqualTo(25);
    fixture.begin(0).commit();
    assertThat(intake.lastSeq()).isEqualTo(26);
  }
}

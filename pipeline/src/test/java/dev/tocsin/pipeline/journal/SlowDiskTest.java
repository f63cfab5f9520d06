package dev.tocsin.pipeline.journal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tocsin.model.labels.Labels;
import dev.tocsin.model.names.SeriesNames;
import dev.tocsin.model.tenant.Tenant;
import dev.tocsin.pipeline.accounting.Accounting;
import dev.tocsin.pipeline.accounting.Durability;
import dev.tocsin.pipeline.intake.Admission;
import dev.tocsin.pipeline.intake.Intake;
import dev.tocsin.pipeline.intake.SeriesTable;
import dev.tocsin.pipeline.intake.Staging;
import dev.tocsin.pipeline.ring.Entry;
import dev.tocsin.pipeline.ring.EntryReader;
import dev.tocsin.pipeline.ring.Ring;
import dev.tocsin.pipeline.ring.RingSize;
import dev.tocsin.sim.SimWorld;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// A disk whose force takes long shows in the sources, and they recover by themselves. In virtual
/// time, a million samples a second, the journal as large as in the agent.
class SlowDiskTest {
  private static final Path FOLDER = Path.of("/journal");
  private static final int SERIES = 1000;
  private static final long MS = 1_000_000;
  private static final JournalConfig CONFIG =
      new JournalConfig(
          8 << 20, 1 << 20, 2 << 20, 2 * MS, 512, 5_000 * MS, 1L << 30, 0, 0, 1L << 30, false);

  private final SimWorld world = new SimWorld(3);
  private final Accounting accounting = new Accounting();
  private final Durability durability = new Durability(accounting, 0);
  private final Ring ring = new Ring(RingSize.DEFAULT, 0, accounting::enginePast);
  private final int[] refs = new int[SERIES];
  private Journal journal;
  private Intake intake;

  /// The journal's thread is within a force until then.
  private long forcingUntilNanos;

  private long answeredSeq;
  private long acceptedSeq;
  private int busy;

  @BeforeEach
  void open() throws IOException {
    world.disk().forceTakes(0);
    SeriesNames names = new SeriesNames(1);
    journal =
        Journal.open(
            world.disk(),
            world.clock(),
            FOLDER,
            CONFIG,
            ring.journal(),
            new JournalListener() {
              @Override
              public void durable(long throughSeq) {
                durability.durable(throughSeq);
                answeredSeq = throughSeq;
              }

              @Override
              public void failed(long fromSeq, String reason) {
                throw new AssertionError(reason);
              }

              @Override
              public void recovered(long seq) {
                throw new AssertionError("it had not failed");
              }
            },
            JournalStart.EMPTY,
            names);
    SeriesTable table = new SeriesTable(10_000, 16 << 20, names);
    intake = new Intake(world.clock(), ring, table, accounting, journal::fullness, 0);
    for (int i = 0; i < SERIES; i++) {
      refs[i] = intake.ref(Tenant.DEFAULT, Labels.of("__name__", "load", "n", "" + i));
    }
  }

  @AfterEach
  void close() {
    world.close();
  }

  private long nowMs() {
    return world.clock().monotonicNanos() / MS;
  }

  /// A millisecond: 1,000 samples come, and every thread does what it can.
  private void millisecond() {
    long wallMs = world.clock().wallMillis();
    switch (intake.begin(Tenant.DEFAULT, SERIES, wallMs * MS)) {
      case Admission.Admitted(Staging staging) -> {
        try (staging) {
          for (int ref : refs) {
            staging.add(ref, wallMs, 1);
          }
          acceptedSeq = staging.commit().seq();
        }
      }
      case Admission.Busy(long retryAfterMs, String _) -> {
        assertThat(retryAfterMs).isPositive();
        busy++;
      }
    }
    EntryReader engine = ring.engine();
    for (Entry entry = engine.poll(); entry != null; entry = engine.poll()) {
      engine.done(entry);
    }
    long end = nowMs() + 1;
    for (int i = 0; i < 10; i++) {
      journal.stage().step();
      if (world.clock().monotonicNanos() >= forcingUntilNanos) {
        journal.writer().step();
      }
    }
    world.clock().advanceTo(end * MS);
  }

  private void run(long ms) {
    for (long until = nowMs() + ms; nowMs() < until; ) {
      millisecond();
    }
  }

  @Test
  void aStallShowsWithinATenthOfASecondAndIsForgottenWhenItIsOver() {
    run(300);
    assertThat(busy).isZero();
    assertThat(intake.pace().isFull()).isTrue();
    assertThat(answeredSeq).isGreaterThan(acceptedSeq - 10);

    long stalledMs = nowMs();
    long answeredBefore = answeredSeq;
    forcingUntilNanos = world.clock().monotonicNanos() + 800 * MS;
    long fullMs = 0;
    long slowedMs = 0;
    long refusedMs = 0;
    while (world.clock().monotonicNanos() < forcingUntilNanos) {
      millisecond();
      fullMs = fullMs == 0 && journal.fullness() > 0.9 ? nowMs() : fullMs;
      slowedMs = slowedMs == 0 && !intake.pace().isFull() ? nowMs() : slowedMs;
      refusedMs = refusedMs == 0 && busy > 0 ? nowMs() : refusedMs;
    }
    assertThat(answeredSeq).as("who waits for an answer waits at once").isEqualTo(answeredBefore);
    assertThat(fullMs - stalledMs).as("the staging is full").isBetween(1L, 100L);
    assertThat(slowedMs - fullMs).as("sources are slowed").isBetween(0L, 100L);
    assertThat(refusedMs - fullMs).as("pushes are refused").isBetween(1L, 100L);
    assertThat(intake.pace().factor()).isLessThan(0.6);

    int refused = busy;
    run(20);
    assertThat(answeredSeq).as("it catches up").isGreaterThan(acceptedSeq - 30);
    run(1100);
    assertThat(busy - refused).isLessThan(20);
    assertThat(intake.pace().isFull()).as("after a tenth of a second for each step").isTrue();
    assertThat(answeredSeq).isGreaterThan(acceptedSeq - 10);
    assertThat(durability.failure()).isEmpty();
  }

  @Test
  void aDiskThatIsAlwaysTooSlowTakesWhatItCanAndLosesNothing() {
    for (int i = 0; i < 6; i++) {
      forcingUntilNanos = world.clock().monotonicNanos() + 250 * MS;
      run(252);
      assertThat(journal.fullness()).isBetween(0.0, 1.0);
    }
    assertThat(busy).as("not all can be taken").isGreaterThan(200);
    assertThat(accounting.snapshot().received())
        .as("what is taken in a stall is bounded by staging and ring")
        .isLessThan(6 * 180_000L);
    forcingUntilNanos = 0;
    run(100);
    assertThat(answeredSeq).isGreaterThan(acceptedSeq - 10);
  }
}

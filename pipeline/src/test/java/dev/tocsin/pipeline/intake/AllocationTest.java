package dev.tocsin.pipeline.intake;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import dev.tocsin.model.labels.Labels;
import dev.tocsin.model.limit.Limits;
import dev.tocsin.pipeline.ring.RingSize;
import java.lang.management.ManagementFactory;
import org.junit.jupiter.api.Test;

/// The way of a sample allocates nothing: only a transaction does, a little.
class AllocationTest {
  private static final int SERIES = 5000;
  private static final int TRANSACTIONS = 200;
  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  private final IntakeFixture fixture = new IntakeFixture(RingSize.DEFAULT, 10_000, 0, 0);
  private final byte[][] keys = new byte[SERIES][];

  @Test
  void onlyTransactionsAllocateNotSamples() {
    for (int i = 0; i < SERIES; i++) {
      keys[i] = SeriesKey.of(Labels.of("__name__", "metric", "i", Integer.toString(i)));
      fixture.intake.ref(IntakeFixture.TENANT, keys[i], 0, keys[i].length);
    }
    transactions();
    long before = THREADS.getCurrentThreadAllocatedBytes();
    transactions();
    long bytes = THREADS.getCurrentThreadAllocatedBytes() - before;
    // Each of the million samples would add at least 16 bytes.
    assertThat((double) bytes / TRANSACTIONS).isLessThan(8000);
  }

  private void transactions() {
    for (int t = 0; t < TRANSACTIONS; t++) {
      fixture.clock.moveWall(1000);
      long nowMs = fixture.clock.wallMillis();
      try (Staging staging = fixture.begin(SERIES)) {
        for (int i = 0; i < SERIES; i++) {
          byte[] key = keys[i];
          int ref = fixture.intake.ref(IntakeFixture.TENANT, key, 0, key.length);
          // A tenth of them is refused.
          staging.add(ref, i % 10 == 0 ? nowMs - Limits.BEHIND_MS_MAX - 1 : nowMs, i);
        }
        assertThat(staging.commit().accepted()).isEqualTo(SERIES / 10 * 9);
      }
      fixture.passAll();
    }
  }
}

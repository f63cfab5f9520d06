package dev.tocsin.store;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import dev.tocsin.model.labels.Labels;
import dev.tocsin.model.tenant.Tenant;
import java.lang.management.ManagementFactory;
import org.junit.jupiter.api.Test;

class StoreAllocationTest {
  private static final int SERIES = 500;
  private static final int BLOCK_BYTES = 1 << 18;

  /// What the measurement itself and a few lists of blocks may take.
  private static final long SLACK_BYTES = 16_384;

  private final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
  private final Store store = new Store(new StoreLimits(SERIES, 4 * BLOCK_BYTES));
  private long round;

  private long allocatedBytes() {
    return threads.getThreadAllocatedBytes(Thread.currentThread().threadId());
  }

  private void append(int rounds) {
    for (int i = 0; i < rounds; i++) {
      round++;
      for (int id = 0; id < SERIES; id++) {
        store.append(id, round * 15_000 + id % 7, round * id * 0.37);
      }
    }
  }

  private long blocks() {
    return store.stats().blockBytes() / BLOCK_BYTES + store.stats().blocksDropped();
  }

  @Test
  void appendingAllocatesNothingButBlocks() {
    for (int id = 0; id < SERIES; id++) {
      store.intern(Tenant.DEFAULT, Labels.of("i", "" + id));
    }
    append(400);
    long blocks = blocks();
    long before = allocatedBytes();
    append(1000);
    long allocated = allocatedBytes() - before;
    long added = blocks() - blocks;
    assertThat(added).isPositive();
    assertThat(allocated).isLessThanOrEqualTo(added * (BLOCK_BYTES + 256) + SLACK_BYTES);
  }

  @Test
  void findingAndLookingAtTheLastSampleAllocateNothing() {
    Labels labels = Labels.of("a", "b", "c", "d");
    int id = store.intern(Tenant.DEFAULT, labels);
    append(store, id);
    long found = 0;
    long before = allocatedBytes();
    for (int i = 0; i < 100_000; i++) {
      found +=
          store.find(Tenant.DEFAULT, labels) + store.lastTimeMs(id) + (long) store.lastValue(id);
    }
    assertThat(allocatedBytes() - before).isLessThanOrEqualTo(SLACK_BYTES);
    assertThat(found).isEqualTo(300_000);
  }

  private static void append(Store store, int id) {
    store.append(id, 1, 2);
  }
}

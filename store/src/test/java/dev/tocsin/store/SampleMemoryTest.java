package dev.tocsin.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tocsin.store.chunk.ChunkLog;
import org.junit.jupiter.api.Test;

class SampleMemoryTest {
  private static final int PAGE_BYTES = 4096 * 16;

  private final SampleMemory memory = new SampleMemory(new ChunkLog(0), StoreLimits.WINDOW_BYTES);

  private void append(int id, int samples) {
    long last = memory.lastTimeMs(id);
    long next = last == Long.MIN_VALUE ? 0 : last + 1;
    for (int i = 0; i < samples; i++) {
      memory.append(id, next + i, 1);
    }
  }

  @Test
  void aWindowThatHasGrownLeavesItsFirstSlotToTheNext() {
    int series = 4000;
    for (int id = 0; id < series; id++) {
      memory.addSeries(id);
      append(id, 20);
    }
    assertThat(memory.windowBytes()).isEqualTo(series * 128 * 16 + PAGE_BYTES);
  }

  @Test
  void windowsThatShrinkMakeRoomForOthers() {
    for (int id = 0; id < 12_000; id++) {
      memory.addSeries(id);
      append(id, 1);
      if (id == 5999) {
        for (int old = 0; old < 6000; old++) {
          append(old, 300);
        }
      }
    }
    long before = memory.windowBytes();
    assertThat(before).isBetween(6000L * 128 * 16, 6000L * (128 + 8 + 8) * 16 + PAGE_BYTES);
    for (int id = 0; id < 12_000; id++) {
      append(id, 300);
    }
    assertThat(memory.windowBytes()).isEqualTo(before);
    assertThat(12_000L * 64 * 16).isLessThan(StoreLimits.WINDOW_BYTES);
  }
}

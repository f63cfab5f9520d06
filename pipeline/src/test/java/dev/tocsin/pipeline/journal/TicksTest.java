package dev.tocsin.pipeline.journal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tocsin.model.input.Input;
import dev.tocsin.model.names.SeriesNames;
import dev.tocsin.pipeline.journal.format.ReferenceTable;
import dev.tocsin.pipeline.ring.Entry;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// That time passed is written with what comes after it, or a while later: a process that only
/// waits must not keep the disk busy.
class TicksTest {
  private static final long WAIT_MS = JournalStage.TICKS_WAIT_NANOS / 1_000_000;

  private final ManualClock clock = new ManualClock();
  private final QueueReader reader = new QueueReader();
  private final JournalProgress progress = new JournalProgress(0);
  private final JournalStage stage =
      new JournalStage(
          reader,
          new StagingBuffer(StagingBuffer.BYTES_MIN),
          progress,
          new ReferenceTable(new SeriesNames(1)),
          1 << 20,
          clock,
          JournalStart.EMPTY);
  private boolean isWoken;
  private long seq;

  @BeforeEach
  void beginTheSegment() {
    progress.onWakeWriter(() -> isWoken = true);
    take(new Input.Restarted());
    assertThat(isWoken).isTrue();
    isWoken = false;
  }

  private void take(Input input) {
    reader.queue.add(new Entry(++seq, 1000 + seq, input));
    stage.step();
  }

  private void afterMs(long ms) {
    clock.advanceMs(ms);
    stage.step();
  }

  @Test
  void ticksWakeTheWriterOnlyAfterAWhile() {
    take(new Input.Tick());
    afterMs(1);
    take(new Input.Tick());
    assertThat(isWoken).isFalse();
    assertThat(stage.deadlineNanos() - clock.monotonicNanos())
        .isEqualTo(JournalStage.TICKS_WAIT_NANOS - 1_000_000);
    afterMs(WAIT_MS - 2);
    assertThat(isWoken).isFalse();
    afterMs(1);
    assertThat(isWoken).isTrue();
    assertThat(stage.deadlineNanos()).isEqualTo(Long.MAX_VALUE);
  }

  @Test
  void whateverComesAfterThemTakesThemAlong() {
    take(new Input.Tick());
    take(new Input.Delivered("id", "pager", 1, true));
    assertThat(isWoken).isTrue();
    assertThat(stage.deadlineNanos()).isEqualTo(Long.MAX_VALUE);
  }

  @Test
  void oneThatSomebodyWaitsForDoesNotWait() {
    progress.want(seq + 1);
    isWoken = false;
    take(new Input.Tick());
    assertThat(isWoken).isTrue();
    progress.durable(seq);
    isWoken = false;
    take(new Input.Tick());
    assertThat(isWoken).isFalse();
  }
}

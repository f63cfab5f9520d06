package dev.tocsin.engine.stream;

import dev.tocsin.engine.wheel.TimingWheel;
import java.util.Arrays;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// When partitions want to be looked at although nothing arrives. A partition has its earliest time
/// in the wheel; a later one is not entered, since waking too early does no harm. Engine's thread.
final class Wakes {
  private static final int ROOM_AT_FIRST = 64;

  private TimingWheel wheel = new TimingWheel(0, 0);

  /// By the number of the timer.
  private @Nullable Partition[] partitions = new @Nullable Partition[0];

  private int[] free = new int[0];
  private int frees;

  /// Wakes the partition at this time or before. A time that is not later than the last one given
  /// to [#take] comes one millisecond after that.
  ///
  /// @param nowMs the time now
  void arm(Partition partition, long timeMs, long nowMs) {
    if (timeMs >= partition.wakeMs) {
      return;
    }
    if (wheel.size() == 0) {
      // It may have stood still for as long as there was nothing to wake.
      wheel.advance(nowMs, (_, _) -> {});
    }
    if (partition.timer < 0) {
      if (frees == 0) {
        grow();
      }
      partition.timer = free[--frees];
      partitions[partition.timer] = partition;
    }
    partition.wakeMs = timeMs;
    wheel.arm(partition.timer, timeMs);
  }

  /// Wakes it no more.
  void disarm(Partition partition) {
    if (partition.timer >= 0) {
      wheel.cancel(partition.timer);
      release(partition);
    }
  }

  private void release(Partition partition) {
    partitions[partition.timer] = null;
    free[frees++] = partition.timer;
    partition.timer = -1;
    partition.wakeMs = Partition.NEVER_MS;
  }

  /// A lower bound; `Long.MAX_VALUE`: never.
  long nextMs() {
    return wheel.nextDeadlineMs();
  }

  /// Takes out those whose time has come, in the order of their times.
  void take(long nowMs, Consumer<Partition> visitor) {
    wheel.advance(
        nowMs,
        (timer, _) -> {
          Partition partition = partitions[timer];
          if (partition != null) {
            release(partition);
            visitor.accept(partition);
          }
        });
  }

  /// A wheel has room for so many timers as it was made for: all move to a larger one.
  private void grow() {
    int before = partitions.length;
    int room = Math.max(ROOM_AT_FIRST, before + before / 2);
    TimingWheel larger = new TimingWheel(room, wheel.nowMs());
    partitions = Arrays.copyOf(partitions, room);
    free = new int[room];
    for (int timer = room - 1; timer >= before; timer--) {
      free[frees++] = timer;
    }
    for (int timer = 0; timer < before; timer++) {
      Partition partition = partitions[timer];
      if (partition != null) {
        larger.arm(timer, partition.wakeMs);
      }
    }
    wheel = larger;
  }
}

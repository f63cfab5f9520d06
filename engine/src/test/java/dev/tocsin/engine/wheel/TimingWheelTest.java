package dev.tocsin.engine.wheel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.SplittableRandom;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The wheel beside a sorted set that does the same.
class TimingWheelTest {
  private static final long SEED = 20261125;
  private static final long SPAN_MS = 512 * 512;

  private record Timer(int id, long deadlineMs) {}

  /// What the wheel has to do.
  private static final class Model {
    private final TreeSet<Timer> armed =
        new TreeSet<>(Comparator.comparingLong(Timer::deadlineMs).thenComparingInt(Timer::id));
    private final @Nullable Long[] deadlines;

    Model(int timers) {
      deadlines = new @Nullable Long[timers];
    }

    void arm(int id, long deadlineMs) {
      cancel(id);
      deadlines[id] = deadlineMs;
      armed.add(new Timer(id, deadlineMs));
    }

    void cancel(int id) {
      Long deadlineMs = deadlines[id];
      if (deadlineMs != null) {
        armed.remove(new Timer(id, deadlineMs));
        deadlines[id] = null;
      }
    }

    List<Timer> advance(long toMs) {
      List<Timer> fired = new ArrayList<>();
      while (!armed.isEmpty() && armed.getFirst().deadlineMs() <= toMs) {
        Timer first = armed.removeFirst();
        deadlines[first.id()] = null;
        fired.add(first);
      }
      return fired;
    }
  }

  /// Distances of every level, at its edges more often.
  private static long distance(SplittableRandom random) {
    long base =
        switch (random.nextInt(7)) {
          case 0 -> 0;
          case 1 -> random.nextLong(20);
          case 2 -> random.nextLong(2048);
          case 3 -> 512 * random.nextLong(5);
          case 4 -> random.nextLong(3 * SPAN_MS);
          case 5 -> SPAN_MS * random.nextLong(4);
          default -> random.nextLong(2000 * SPAN_MS);
        };
    return base - random.nextLong(3) + 1;
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12})
  void doesAsASortedSetDoes(long number) {
    SplittableRandom random = new SplittableRandom(SEED + number);
    int timers = 1 + random.nextInt(300);
    long nowMs = random.nextLong(4 * SPAN_MS);
    TimingWheel wheel = new TimingWheel(timers, nowMs);
    Model model = new Model(timers);
    for (int step = 0; step < 4000; step++) {
      for (int i = random.nextInt(8); i > 0; i--) {
        int id = random.nextInt(timers);
        if (random.nextInt(4) == 0) {
          wheel.cancel(id);
          model.cancel(id);
        } else {
          // A set sorts by deadline, so what is late in it is still in order.
          long deadlineMs = nowMs + distance(random);
          wheel.arm(id, deadlineMs);
          model.arm(id, deadlineMs);
        }
      }
      long boundMs = wheel.nextDeadlineMs();
      long firstMs = model.armed.isEmpty() ? Long.MAX_VALUE : model.armed.getFirst().deadlineMs();
      long dueMs = Math.max(firstMs, nowMs + 1);
      assertThat(boundMs).as("seed %d, step %d", SEED + number, step).isLessThanOrEqualTo(dueMs);
      assertThat(boundMs).isGreaterThan(nowMs);
      nowMs = random.nextInt(3) == 0 && boundMs < Long.MAX_VALUE ? boundMs : nowMs + jump(random);
      List<Timer> fired = new ArrayList<>();
      wheel.advance(nowMs, (id, deadlineMs) -> fired.add(new Timer(id, deadlineMs)));
      assertThat(fired)
          .as("seed %d, step %d, to %d", SEED + number, step, nowMs)
          .isEqualTo(model.advance(nowMs));
      assertThat(wheel.size()).isEqualTo(model.armed.size());
    }
  }

  private static long jump(SplittableRandom random) {
    return switch (random.nextInt(12)) {
      case 0 -> 1 + random.nextLong(3 * SPAN_MS);
      case 1 -> 1 + random.nextLong(5000);
      case 2 -> 512;
      default -> 1 + random.nextLong(20);
    };
  }

  @Test
  void sleepingUntilTheNextDeadlineFiresEverythingInTime() {
    SplittableRandom random = new SplittableRandom(SEED);
    TimingWheel wheel = new TimingWheel(1000, 77);
    for (int id = 0; id < 1000; id++) {
      wheel.arm(id, 77 + Math.max(1, distance(random)));
    }
    int turns = 0;
    long[] late = new long[1];
    while (wheel.size() > 0) {
      long nextMs = wheel.nextDeadlineMs();
      wheel.advance(nextMs, (_, deadlineMs) -> late[0] = Math.max(late[0], nextMs - deadlineMs));
      turns++;
    }
    assertThat(late[0]).isZero();
    assertThat(turns).as("of 37 hours and more").isLessThan(20_000);
  }

  @Test
  void whatIsArmedWhileItFiresGoesOffInTheSameTurnWhereItIsDue() {
    TimingWheel wheel = new TimingWheel(4, 0);
    List<String> fired = new ArrayList<>();
    wheel.arm(0, 10);
    wheel.advance(
        30,
        (id, deadlineMs) -> {
          fired.add(id + "@" + deadlineMs + " at " + wheel.nowMs());
          if (fired.size() < 10) {
            wheel.arm(0, deadlineMs + 8);
          }
        });
    assertThat(fired).containsExactly("0@10 at 10", "0@18 at 18", "0@26 at 26");
    assertThat(wheel.nextDeadlineMs()).isEqualTo(34);
  }

  @Test
  void whatIsLateGoesOffInTheNextTurnByItsDeadline() {
    TimingWheel wheel = new TimingWheel(4, 1000);
    List<Integer> fired = new ArrayList<>();
    wheel.arm(0, 1001);
    wheel.arm(1, 999);
    wheel.arm(2, 5);
    wheel.arm(3, 999);
    wheel.advance(1000, (id, _) -> fired.add(id));
    assertThat(fired).isEmpty();
    wheel.advance(1001, (id, _) -> fired.add(id));
    assertThat(fired).containsExactly(2, 1, 3, 0);
  }

  @Test
  void whatIsCancelledWhileOthersOfItsTimeFireDoesNot() {
    TimingWheel wheel = new TimingWheel(3, 0);
    List<Integer> fired = new ArrayList<>();
    for (int id = 0; id < 3; id++) {
      wheel.arm(id, 5);
    }
    wheel.advance(
        9,
        (id, _) -> {
          fired.add(id);
          wheel.cancel(1);
          wheel.arm(2, 8);
        });
    assertThat(fired).containsExactly(0, 2, 2);
  }

  @Test
  void aNumberBeyondTheLimitIsRefused() {
    TimingWheel wheel = new TimingWheel(3, 0);
    assertThatExceptionOfType(IndexOutOfBoundsException.class).isThrownBy(() -> wheel.arm(3, 5));
    assertThat(wheel.size()).isZero();
  }

  @Test
  void noTurnMovesMoreThanItsShare() {
    int timers = 200_000;
    TimingWheel wheel = new TimingWheel(timers, 0);
    SplittableRandom random = new SplittableRandom(SEED);
    long[] deadlines = new long[timers];
    Arrays.setAll(deadlines, _ -> random.nextLong(2 * SPAN_MS, 3 * SPAN_MS));
    for (int id = 0; id < timers; id++) {
      wheel.arm(id, deadlines[id]);
    }
    int most = 0;
    for (long nowMs = 1; nowMs <= 3 * SPAN_MS; nowMs++) {
      int before = wheel.moves();
      wheel.advance(nowMs, (_, _) -> {});
      most = Math.max(most, wheel.moves() - before);
    }
    assertThat(wheel.size()).isZero();
    // A slot of the highest level has all of them.
    assertThat(most).isBetween(1, 4);
  }
}

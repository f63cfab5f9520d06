package dev.tocsin.world.real.schedule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.tocsin.world.schedule.Scheduler.Running;
import dev.tocsin.world.schedule.Worker;
import dev.tocsin.world.time.Clock;
import java.nio.file.Files;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import java.util.function.IntSupplier;
import java.util.function.LongSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class RealSchedulerTest {
  private static final Clock CLOCK =
      new Clock() {
        @Override
        public long wallNanos() {
          return 0;
        }

        @Override
        public long monotonicNanos() {
          return System.nanoTime();
        }
      };

  private final Alarms alarms = new Alarms();
  private final RealScheduler scheduler = new RealScheduler(CLOCK, alarms);

  @AfterEach
  void close() {
    scheduler.close();
  }

  private record Stepped(IntSupplier steps, LongSupplier deadline, Runnable last)
      implements Worker {
    @Override
    public String name() {
      return "stepped";
    }

    @Override
    public int step() {
      return steps.getAsInt();
    }

    @Override
    public long deadlineNanos() {
      return deadline.getAsLong();
    }

    @Override
    public void stopped() {
      last.run();
    }
  }

  private Running start(IntSupplier steps) {
    return scheduler.start(new Stepped(steps, () -> Long.MAX_VALUE, () -> {}));
  }

  /// Each round waits for the worker, so one lost wake-up ends in the time limit.
  @Test
  void noWakeUpIsLost() {
    AtomicLong asked = new AtomicLong();
    AtomicLong done = new AtomicLong();
    try (Running running =
        start(
            () -> {
              long to = asked.get();
              int count = (int) (to - done.get());
              done.set(to);
              return count;
            })) {
      for (int i = 1; i <= 20_000; i++) {
        asked.set(i);
        running.wake();
        while (done.get() < i) {
          Thread.onSpinWait();
          if (i % 7 == 0) {
            LockSupport.parkNanos(1);
          }
        }
      }
    }
    assertThat(done.get()).isEqualTo(20_000);
  }

  @Test
  void aWakeUpWithinAStepLeadsToAnotherStep() throws InterruptedException {
    AtomicInteger steps = new AtomicInteger();
    AtomicReference<Running> self = new AtomicReference<>();
    CountDownLatch ready = new CountDownLatch(1);
    CountDownLatch second = new CountDownLatch(2);
    try (Running running =
        start(
            () -> {
              if (steps.getAndIncrement() == 0) {
                await(ready);
                self.get().wake();
              }
              second.countDown();
              return 0;
            })) {
      self.set(running);
      ready.countDown();
      second.await();
    }
    assertThat(steps.get()).isGreaterThanOrEqualTo(2);
  }

  @Test
  void anIdleWorkerIsSteppedAtItsDeadline() throws InterruptedException {
    long dueNanos = System.nanoTime() + 5_000_000;
    AtomicLong lateNanos = new AtomicLong(Long.MIN_VALUE);
    CountDownLatch due = new CountDownLatch(1);
    Worker worker =
        new Stepped(
            () -> {
              long late = System.nanoTime() - dueNanos;
              if (late >= 0) {
                lateNanos.set(late);
                due.countDown();
              }
              return 0;
            },
            () -> dueNanos,
            () -> {});
    try (Running running = scheduler.start(worker)) {
      due.await();
      assertThat(running.failure()).isEmpty();
    }
    assertThat(lateNanos.get()).isNotNegative();
  }

  @Test
  void aDeadlineBeforeAllTimeIsNow() throws InterruptedException {
    CountDownLatch steps = new CountDownLatch(3);
    Worker worker =
        new Stepped(
            () -> {
              steps.countDown();
              return 0;
            },
            () -> Long.MIN_VALUE,
            () -> {});
    try (Running running = scheduler.start(worker)) {
      steps.await();
      assertThat(running.failure()).isEmpty();
    }
  }

  @Test
  void aStepThatThrowsStopsTheWorkerAndIsKept() throws InterruptedException {
    CountDownLatch stopped = new CountDownLatch(1);
    AtomicInteger steps = new AtomicInteger();
    Worker worker =
        new Stepped(
            () -> {
              steps.incrementAndGet();
              throw new IllegalStateException("the ring is torn");
            },
            () -> 0,
            stopped::countDown);
    try (Running running = scheduler.start(worker)) {
      stopped.await();
      assertThat(running.failure()).contains("the ring is torn").contains("RealSchedulerTest");
    }
    assertThat(steps.get()).isEqualTo(1);
  }

  @Test
  void aStackThatOverflowsIsAFailureToo() throws InterruptedException {
    CountDownLatch stopped = new CountDownLatch(1);
    Worker worker = new Stepped(() -> deep(0), () -> 0, stopped::countDown);
    try (Running running = scheduler.start(worker)) {
      stopped.await();
      assertThat(running.failure()).contains("StackOverflowError");
    }
  }

  private static int deep(int level) {
    return level < 0 ? 0 : deep(level + 1) + 1;
  }

  @Test
  void closingWaitsForTheStepAndForTheLastWord() {
    AtomicInteger stopped = new AtomicInteger();
    AtomicInteger inStep = new AtomicInteger();
    CountDownLatch started = new CountDownLatch(1);
    Running running =
        scheduler.start(
            new Stepped(
                () -> {
                  inStep.set(1);
                  started.countDown();
                  LockSupport.parkNanos(1);
                  inStep.set(0);
                  return 1;
                },
                () -> 0,
                stopped::incrementAndGet));
    await(started);
    running.close();
    assertThat(inStep.get()).isZero();
    assertThat(stopped.get()).isEqualTo(1);
    running.close();
    assertThat(stopped.get()).isEqualTo(1);
  }

  @Test
  void aWorkerMayCloseItself() throws InterruptedException {
    AtomicReference<Running> self = new AtomicReference<>();
    CountDownLatch ready = new CountDownLatch(1);
    CountDownLatch stopped = new CountDownLatch(1);
    Running running =
        scheduler.start(
            new Stepped(
                () -> {
                  await(ready);
                  self.get().close();
                  return 1;
                },
                () -> 0,
                stopped::countDown));
    self.set(running);
    ready.countDown();
    stopped.await();
    assertThat(running.failure()).isEmpty();
  }

  @Test
  void tasksRunOnVirtualThreadsUnderTheirNames() throws InterruptedException {
    AtomicReference<String> seen = new AtomicReference<>("");
    CountDownLatch ran = new CountDownLatch(1);
    scheduler.spawn(
        "probe",
        () -> {
          seen.set(Thread.currentThread().getName() + " " + Thread.currentThread().isVirtual());
          ran.countDown();
        });
    ran.await();
    assertThat(seen.get()).isEqualTo("probe true");
  }

  @Test
  void aDelayedTaskRunsNotBeforeItsTime() throws InterruptedException {
    long startNanos = System.nanoTime();
    AtomicLong afterNanos = new AtomicLong();
    CountDownLatch ran = new CountDownLatch(1);
    scheduler.spawnAfter(
        "later",
        3_000_000,
        () -> {
          afterNanos.set(System.nanoTime() - startNanos);
          ran.countDown();
        });
    ran.await();
    assertThat(afterNanos.get()).isGreaterThanOrEqualTo(3_000_000);
  }

  @Test
  void tooManyTasksAreRefusedAndThenTakenAgain() throws InterruptedException {
    CountDownLatch end = new CountDownLatch(1);
    CountDownLatch ended = new CountDownLatch(RealScheduler.TASKS_MAX);
    for (int i = 0; i < RealScheduler.TASKS_MAX; i++) {
      scheduler.spawn(
          "waiting",
          () -> {
            await(end);
            ended.countDown();
          });
    }
    assertThatThrownBy(() -> scheduler.spawn("one more", () -> {}))
        .isInstanceOf(RejectedExecutionException.class)
        .hasMessageContaining("one more");
    assertThatThrownBy(() -> scheduler.spawnAfter("another", 0, () -> {}))
        .isInstanceOf(RejectedExecutionException.class);
    end.countDown();
    ended.await();
    while (scheduler.tasks() > 0) {
      Thread.onSpinWait();
    }
    CountDownLatch ran = new CountDownLatch(1);
    scheduler.spawn("again", ran::countDown);
    ran.await();
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void aWorkerThatGivesWayIsNice() throws InterruptedException {
    assumeTrue(Files.isReadable(BackgroundThreadsTest.STAT), "no /proc/thread-self here");
    int own = BackgroundThreadsTest.niceness(BackgroundThreadsTest.read());
    assertThat(nicenessOfWorker(true)).isEqualTo(own + 10);
    assertThat(nicenessOfWorker(false)).isEqualTo(own);
  }

  private int nicenessOfWorker(boolean nice) throws InterruptedException {
    AtomicReference<String> stat = new AtomicReference<>("");
    CountDownLatch stepped = new CountDownLatch(1);
    Worker worker =
        new Worker() {
          @Override
          public String name() {
            return "nice";
          }

          @Override
          public boolean isNice() {
            return nice;
          }

          @Override
          public int step() {
            stat.set(BackgroundThreadsTest.read());
            stepped.countDown();
            return 0;
          }
        };
    try (Running _ = scheduler.start(worker)) {
      stepped.await();
    }
    return BackgroundThreadsTest.niceness(stat.get());
  }
}

package dev.tocsin.sim.schedule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tocsin.sim.SimWorld;
import dev.tocsin.world.schedule.Scheduler.Running;
import dev.tocsin.world.schedule.Worker;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.IntSupplier;
import java.util.function.LongSupplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class SimSchedulerTest {
  private static final long SECOND = 1_000_000_000L;

  private record Stepped(String name, IntSupplier steps, LongSupplier deadline) implements Worker {
    @Override
    public int step() {
      return steps.getAsInt();
    }

    @Override
    public long deadlineNanos() {
      return deadline.getAsLong();
    }
  }

  private static Worker worker(String name, IntSupplier steps) {
    return new Stepped(name, steps, () -> Long.MAX_VALUE);
  }

  @Test
  void aWorkerStepsWhileItHasWorkAndThenWhenItIsWoken() {
    SimWorld world = new SimWorld(1);
    int[] work = {3};
    int[] steps = {0};
    Running running =
        world
            .scheduler()
            .start(
                worker(
                    "w",
                    () -> {
                      steps[0]++;
                      return work[0] > 0 ? work[0]-- : 0;
                    }));
    world.scheduler().runUntilQuiet();
    assertThat(work[0]).isZero();
    int before = steps[0];
    world.scheduler().runFor(SECOND);
    assertThat(steps[0]).isEqualTo(before);
    work[0] = 1;
    running.wake();
    world.scheduler().runUntilQuiet();
    assertThat(work[0]).isZero();
  }

  @Test
  void timeJumpsToDeadlinesAndDelays() {
    SimWorld world = new SimWorld(1);
    List<Long> times = new ArrayList<>();
    long[] due = {5 * SECOND};
    world
        .scheduler()
        .start(
            new Stepped(
                "w",
                () -> {
                  long now = world.clock().monotonicNanos();
                  if (now < due[0]) {
                    return 0;
                  }
                  times.add(now / SECOND);
                  due[0] = Long.MAX_VALUE;
                  return 1;
                },
                () -> due[0]));
    world.scheduler().spawnAfter("t", 3600 * SECOND, () -> times.add(-1L));
    world.scheduler().runFor(10 * SECOND);
    assertThat(times).containsExactly(5L);
    assertThat(world.clock().monotonicNanos()).isGreaterThanOrEqualTo(10 * SECOND);
    world.scheduler().runUntilQuiet();
    assertThat(times).containsExactly(5L, -1L);
  }

  @Test
  void theSeedChoosesTheOrder() {
    Set<String> orders = new HashSet<>();
    for (int seed = 0; seed < 50; seed++) {
      StringBuilder order = new StringBuilder();
      SimWorld world = new SimWorld(seed);
      for (String name : new String[] {"a", "b", "c"}) {
        world.scheduler().spawn(name, () -> order.append(name));
      }
      world.scheduler().runUntilQuiet();
      orders.add(order.toString());
    }
    assertThat(orders).containsExactlyInAnyOrder("abc", "acb", "bac", "bca", "cab", "cba");
  }

  @Test
  void aTaskMayBlockUntilAWorkerLetsItGoOn() {
    SimWorld world = new SimWorld(1);
    CompletableFuture<String> future = new CompletableFuture<>();
    List<String> seen = new ArrayList<>();
    world
        .scheduler()
        .spawn(
            "waits",
            () -> {
              String value = future.join();
              world.log().add("task", value);
              seen.add(value);
            });
    world.scheduler().runUntilQuiet();
    assertThat(world.scheduler().blockedTasks()).isEqualTo(1);
    world.scheduler().start(worker("w", () -> future.complete("the journal is forced") ? 1 : 0));
    world.scheduler().runUntilQuiet();
    assertThat(seen).containsExactly("the journal is forced");
    assertThat(world.scheduler().blockedTasks()).isZero();
  }

  @Test
  void tasksThatWereLetGoTogetherStillTakeTurns() {
    Set<Long> fingerprints = new HashSet<>();
    for (int run = 0; run < 20; run++) {
      try (SimWorld world = new SimWorld(7)) {
        CompletableFuture<String> future = new CompletableFuture<>();
        int[] inside = {0};
        for (int i = 0; i < 20; i++) {
          String name = "t" + i;
          world
              .scheduler()
              .spawn(
                  name,
                  () -> {
                    future.join();
                    world.log().add(name, "goes on");
                    assertThat(inside[0]++).isZero();
                    world.log().add(name, "ends");
                    inside[0]--;
                  });
        }
        world.scheduler().runUntilQuiet();
        world.scheduler().spawn("opens", () -> future.complete(""));
        world.scheduler().runUntilQuiet();
        assertThat(world.scheduler().blockedTasks()).isZero();
        fingerprints.add(world.log().fingerprint());
      }
    }
    assertThat(fingerprints).hasSize(1);
  }

  @Test
  void aWorkerThatThrowsEndsTheRunUnlessThatIsWanted() {
    SimWorld world = new SimWorld(1);
    world
        .scheduler()
        .start(
            worker(
                "w",
                () -> {
                  throw new IllegalStateException("torn");
                }));
    assertThatThrownBy(() -> world.scheduler().runUntilQuiet())
        .hasMessageContaining("the worker w threw")
        .hasRootCauseMessage("torn");

    SimWorld tolerant = new SimWorld(1);
    tolerant.scheduler().failOnWorkers(false);
    Running running =
        tolerant
            .scheduler()
            .start(
                worker(
                    "w",
                    () -> {
                      throw new IllegalStateException("torn");
                    }));
    tolerant.scheduler().runUntilQuiet();
    assertThat(running.failure()).contains("torn");
  }

  @Test
  void aTaskThatThrowsEndsTheRun() {
    SimWorld world = new SimWorld(1);
    world
        .scheduler()
        .spawn(
            "t",
            () -> {
              throw new IllegalStateException("lost");
            });
    assertThatThrownBy(() -> world.scheduler().runUntilQuiet())
        .hasMessageContaining("the task t threw");
  }

  @Test
  void aCrashEndsWorkersAndTasksAndWhatTheyMeantToDo() {
    SimWorld world = new SimWorld(1);
    List<String> seen = new ArrayList<>();
    CompletableFuture<String> never = new CompletableFuture<>();
    world
        .scheduler()
        .spawn(
            "blocked",
            () -> {
              try {
                never.join();
              } finally {
                seen.add("a thread that dies runs its last words, but touches nothing");
                world.log().add("blocked", "not to be seen");
              }
            });
    Running running = world.scheduler().start(worker("w", () -> 0));
    world.scheduler().runUntilQuiet();
    world.scheduler().spawn("t", () -> seen.add("not to happen"));
    world.scheduler().outside("peer", SECOND, () -> seen.add("outside"));
    long lines = world.log().count();
    CompletableFuture<String> release = never;
    world.scheduler().spawnAfter("later", SECOND, () -> release.complete(""));
    world.crash();
    running.wake();
    world.scheduler().runUntilQuiet();
    assertThat(seen).contains("outside").doesNotContain("not to happen");
    assertThat(world.log().lines()).noneMatch(line -> line.contains("not to be seen"));
    assertThat(world.log().count()).isGreaterThan(lines);
    assertThat(world.scheduler().blockedTasks()).isZero();
  }
}

package dev.tocsin.sim.schedule;

import dev.tocsin.sim.turn.SimCrash;
import dev.tocsin.sim.turn.Turnstile;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/// Runs tasks one at a time, and knows those that block. Used by the simulation's own thread, but
/// for [#enter].
final class SimTasks implements Turnstile {
  /// Real nanoseconds after which a task that neither ends nor blocks is an error.
  private static final long PATIENCE_NANOS = 20_000_000_000L;

  private static final int SPINS = 2000;

  /// Those that have begun and not ended, oldest first.
  private volatile List<SimTask> blocked = List.of();

  /// Those of processes that are gone, and that could not be made to end: they get no turn any
  /// more.
  private volatile List<SimTask> abandoned = List.of();

  private volatile @Nullable SimTask running;

  @Override
  public void enter() {
    Thread current = Thread.currentThread();
    if (!current.isVirtual()) {
      return;
    }
    SimTask now = running;
    if (now != null && now.isOn(current)) {
      now.enter();
      return;
    }
    enter(current, blocked);
    enter(current, abandoned);
  }

  private static void enter(Thread current, List<SimTask> tasks) {
    for (SimTask task : tasks) {
      if (task.isOn(current)) {
        task.enter();
        return;
      }
    }
  }

  /// Begins a task; returns when it has ended or blocks.
  void run(String name, Runnable body) {
    SimTask task = new SimTask(name, body);
    running = task;
    task.start();
    settled(task);
  }

  private void settled(SimTask task) {
    await(task);
    List<SimTask> left = new ArrayList<>(blocked);
    left.remove(task);
    if (!task.isDone()) {
      task.endTurn();
      left.add(task);
    }
    blocked = List.copyOf(left);
    running = null;
    Throwable failure = task.failure();
    if (failure instanceof SimCrash crash) {
      throw crash;
    }
    if (failure != null) {
      throw new IllegalStateException("the task " + task.name() + " threw", failure);
    }
  }

  /// Lets those go on that something has unblocked, in the order of their beginning.
  void goOn() {
    for (SimTask next = unblocked(); next != null; next = unblocked()) {
      if (!next.isDone()) {
        running = next;
        next.letGoOn();
      }
      settled(next);
    }
  }

  /// The first that has ended or wants to go on, once all have gone as far as they may without
  /// touching the simulation.
  private @Nullable SimTask unblocked() {
    blocked.forEach(SimTasks::await);
    for (SimTask task : blocked) {
      if (task.isDone() || task.isEntering()) {
        return task;
      }
    }
    return null;
  }

  /// Tasks that block.
  int count() {
    return blocked.size();
  }

  void killAll() {
    List<SimTask> left = new ArrayList<>(abandoned);
    SimTask cut = running;
    if (cut != null) {
      left.add(cut); // a crash cut its turn short
      running = null;
    }
    left.addAll(blocked);
    abandoned = List.copyOf(left);
    blocked = List.of();
    left.forEach(SimTask::kill);
    left.forEach(SimTasks::awaitQuiet);
    left.removeIf(SimTask::isDone);
    abandoned = List.copyOf(left);
  }

  /// An interruption ends most waits, but not all.
  private static void awaitQuiet(SimTask task) {
    long startNanos = System.nanoTime();
    for (int i = 0; !task.isDone() && !task.isParked(); i++) {
      pause(task, startNanos, i);
    }
  }

  private static void await(SimTask task) {
    long startNanos = System.nanoTime();
    for (int i = 0; !task.isSettled(); i++) {
      pause(task, startNanos, i);
    }
  }

  private static void pause(SimTask task, long startNanos, int spins) {
    if (spins < SPINS) {
      Thread.onSpinWait();
      return;
    }
    LockSupport.parkNanos(20_000);
    if (System.nanoTime() - startNanos > PATIENCE_NANOS) {
      throw new IllegalStateException(
          "the task " + task.name() + " neither ends nor blocks: " + Arrays.toString(task.where()));
    }
  }
}

package dev.tocsin.world.real.schedule;

import dev.tocsin.world.schedule.Scheduler;
import dev.tocsin.world.schedule.Worker;
import dev.tocsin.world.time.Clock;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

/// Workers on platform threads, tasks on virtual ones. Who has workers has something that waits for
/// them: the first one makes the machine's optimizing compiler give way.
public final class RealScheduler implements Scheduler {
  /// Tasks that run or wait for their time; beyond it a new one is refused with an exception, since
  /// then something is stuck and more of it would not help.
  static final int TASKS_MAX = 4096;

  private final Clock clock;
  private final Alarms alarms;
  private final AtomicInteger tasks = new AtomicInteger();
  private final AtomicBoolean hasWorkers = new AtomicBoolean();

  public RealScheduler(Clock clock, Alarms alarms) {
    this.clock = clock;
    this.alarms = alarms;
  }

  @Override
  public Running start(Worker worker) {
    if (!hasWorkers.getAndSet(true)) {
      OptimizingCompiler.yieldToOthers();
    }
    WorkerThread thread = new WorkerThread(worker, clock);
    thread.start();
    return thread;
  }

  @Override
  public void spawn(String name, Runnable task) {
    admit(name);
    run(name, task);
  }

  @Override
  public void spawnAfter(String name, long delayNanos, Runnable task) {
    admit(name);
    try {
      alarms.after(delayNanos, () -> run(name, task));
    } catch (RejectedExecutionException e) {
      tasks.decrementAndGet();
      throw e;
    }
  }

  @Override
  public Background background(String name, int threads) {
    return new BackgroundThreads(name, threads);
  }

  private void admit(String name) {
    if (tasks.incrementAndGet() > TASKS_MAX) {
      tasks.decrementAndGet();
      throw new RejectedExecutionException(
          "task " + name + ": " + TASKS_MAX + " tasks are under way already");
    }
  }

  private void run(String name, Runnable task) {
    Thread.ofVirtual()
        .name(name)
        .start(
            () -> {
              try {
                task.run();
              } finally {
                tasks.decrementAndGet();
              }
            });
  }

  @Override
  public void close() {
    alarms.close();
  }

  /// Tasks that run or wait for their time.
  int tasks() {
    return tasks.get();
  }
}

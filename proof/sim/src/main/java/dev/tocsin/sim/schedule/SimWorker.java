package dev.tocsin.sim.schedule;

import dev.tocsin.sim.turn.SimCrash;
import dev.tocsin.world.schedule.Scheduler.Running;
import dev.tocsin.world.schedule.Worker;

/// A worker under simulation.
final class SimWorker implements Running {
  /// As in the real world: the shortest idle wait.
  private static final long WAIT_NANOS_MIN = 50_000;

  private final SimScheduler scheduler;
  private final Worker worker;
  private boolean awake = true;
  private boolean stopped;
  private long notBeforeNanos;
  private String failure = "";

  SimWorker(SimScheduler scheduler, Worker worker) {
    this.scheduler = scheduler;
    this.worker = worker;
  }

  String name() {
    return worker.name();
  }

  boolean isStopped() {
    return stopped;
  }

  /// Monotonic nanoseconds when its next step is due; `Long.MAX_VALUE`: when somebody wakes it.
  long dueNanos() {
    if (stopped) {
      return Long.MAX_VALUE;
    }
    return awake ? Long.MIN_VALUE : Math.max(notBeforeNanos, worker.deadlineNanos());
  }

  /// Steps it; returns the items handled.
  int step(long nowNanos) {
    awake = false;
    int count;
    try {
      count = worker.step();
    } catch (SimCrash e) {
      throw e;
    } catch (Throwable e) { // as in the real world: kept, and reported
      failed(e);
      return 0;
    }
    awake |= count != 0;
    notBeforeNanos = nowNanos + WAIT_NANOS_MIN;
    return count;
  }

  private void failed(Throwable e) {
    stopped = true;
    StackTraceElement[] frames = e.getStackTrace();
    failure = frames.length == 0 ? e.toString() : e + " at " + frames[0];
    scheduler.workerFailed(this, e);
    worker.stopped();
  }

  /// The process is gone.
  void kill() {
    stopped = true;
  }

  @Override
  public void wake() {
    scheduler.enter();
    awake = true;
  }

  @Override
  public String failure() {
    return failure;
  }

  @Override
  public void close() {
    scheduler.enter();
    if (!stopped) {
      stopped = true;
      scheduler.closed(this);
      worker.stopped();
    }
  }
}

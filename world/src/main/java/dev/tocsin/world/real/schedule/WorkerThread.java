package dev.tocsin.world.real.schedule;

import dev.tocsin.world.schedule.Scheduler.Running;
import dev.tocsin.world.schedule.Worker;
import dev.tocsin.world.time.Clock;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;

/// Steps one worker on a platform thread of its own.
///
/// No wake-up is lost: the waker sets `signal`, then looks at `parked`; the thread sets `parked`,
/// then looks at `signal`. Both are volatile, so at least one of them sees the other. A wake-up
/// that comes before or within a step leads to one more step.
final class WorkerThread implements Running {
  /// Bytes; memory is used only as far as the stack really grows, and the engine evaluates nested
  /// expressions.
  private static final long STACK_BYTES = 1 << 20;

  /// Nanoseconds of the shortest idle wait: a worker that has nothing to do though its deadline is
  /// past must not keep a processor busy.
  private static final long WAIT_NANOS_MIN = 50_000;

  /// Stack frames told of a failure.
  private static final int FRAMES_TOLD = 8;

  private final Worker worker;
  private final Clock clock;
  private final Thread thread;
  private final AtomicBoolean signal = new AtomicBoolean();
  private volatile boolean parked;
  private volatile boolean stopping;
  private volatile String failure = "";

  WorkerThread(Worker worker, Clock clock) {
    this.worker = worker;
    this.clock = clock;
    this.thread =
        Thread.ofPlatform()
            .name(worker.name())
            .daemon(false)
            .stackSize(STACK_BYTES)
            .unstarted(this::run);
  }

  void start() {
    thread.start();
  }

  private void run() {
    try {
      if (worker.isNice()) {
        Niceness.yieldToOthers();
      }
      while (!stopping) {
        if (signal.get()) {
          // By exchange: what every waker so far did before it woke us is seen by the step.
          signal.getAndSet(false);
        }
        if (worker.step() == 0) {
          idle();
        }
      }
    } catch (Throwable e) { // whatever it is: the others must hear of it
      failure = told(e);
    } finally {
      stopped();
    }
  }

  private void idle() {
    parked = true;
    if (!signal.get() && !stopping) {
      long deadlineNanos = worker.deadlineNanos();
      if (deadlineNanos == Long.MAX_VALUE) {
        LockSupport.park(this);
      } else {
        LockSupport.parkNanos(this, waitNanos(deadlineNanos));
      }
      Thread.interrupted(); // else the next park would return at once, and all after it
    }
    parked = false;
  }

  private long waitNanos(long deadlineNanos) {
    long nowNanos = clock.monotonicNanos();
    return deadlineNanos <= nowNanos
        ? WAIT_NANOS_MIN
        : Math.max(WAIT_NANOS_MIN, deadlineNanos - nowNanos);
  }

  private void stopped() {
    try {
      worker.stopped();
    } catch (RuntimeException e) {
      if (failure.isEmpty()) {
        failure = told(e);
      }
    }
  }

  private static String told(Throwable e) {
    StringBuilder text = new StringBuilder(e.toString());
    StackTraceElement[] frames = e.getStackTrace();
    for (int i = 0; i < Math.min(FRAMES_TOLD, frames.length); i++) {
      text.append("\n    at ").append(frames[i]);
    }
    return text.toString();
  }

  @Override
  public void wake() {
    signal.set(true);
    if (parked) {
      LockSupport.unpark(thread);
    }
  }

  @Override
  public String failure() {
    return failure;
  }

  @Override
  public void close() {
    stopping = true;
    LockSupport.unpark(thread);
    if (Thread.currentThread() == thread) {
      return; // a worker that stops itself: the step it is in is the last
    }
    try {
      thread.join();
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }
}

package dev.tocsin.world.real.schedule;

import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/// One thread that runs short things later: closes a socket, starts a task. It must never wait.
/// Alarms that were cancelled leave at once, so there are as many as there are calls and tasks.
public final class Alarms implements AutoCloseable {
  /// Bytes; what runs here calls little.
  private static final long STACK_BYTES = 256 << 10;

  private final ScheduledThreadPoolExecutor thread;

  public Alarms() {
    thread =
        new ScheduledThreadPoolExecutor(
            1, Thread.ofPlatform().name("alarms").daemon().stackSize(STACK_BYTES).factory());
    thread.setRemoveOnCancelPolicy(true);
    thread.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
  }

  /// Something that will happen once.
  @FunctionalInterface
  public interface Alarm {
    void cancel();
  }

  public Alarm after(long nanos, Runnable quick) {
    ScheduledFuture<?> future = thread.schedule(quick, nanos, TimeUnit.NANOSECONDS);
    return () -> future.cancel(false);
  }

  /// Again and again with that pause, until cancelled.
  public Alarm every(long nanos, Runnable quick) {
    ScheduledFuture<?> future =
        thread.scheduleWithFixedDelay(quick, nanos, nanos, TimeUnit.NANOSECONDS);
    return () -> future.cancel(false);
  }

  /// What has not run yet never will.
  @Override
  public void close() {
    thread.shutdown();
  }
}

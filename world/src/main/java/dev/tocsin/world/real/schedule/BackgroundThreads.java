package dev.tocsin.world.real.schedule;

import dev.tocsin.world.schedule.Scheduler.Background;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/// Platform threads for heavy work. On virtual threads it would keep the carriers from all others,
/// which get them back only when it waits for something. The threads are nice (see [Niceness]): as
/// long as anything else of the process wants a processor, it gets it.
final class BackgroundThreads implements Background {
  /// Bytes; memory is used only as far as the stack really grows, and queries nest.
  private static final long STACK_BYTES = 1 << 20;

  /// Seconds after which a thread without work ends.
  private static final long THREAD_IDLE_SECONDS = 20;

  private final ThreadPoolExecutor threads;

  BackgroundThreads(String name, int threadsMax) {
    // Who gives the work bounds how much of it waits.
    threads =
        new ThreadPoolExecutor(
            threadsMax,
            threadsMax,
            THREAD_IDLE_SECONDS,
            TimeUnit.SECONDS,
            new LinkedBlockingQueue<>(),
            work ->
                Thread.ofPlatform()
                    .name(name)
                    .daemon()
                    .stackSize(STACK_BYTES)
                    .unstarted(
                        () -> {
                          Niceness.yieldToOthers();
                          work.run();
                        }));
    threads.allowCoreThreadTimeOut(true);
  }

  @Override
  public void give(Runnable work) {
    threads.execute(work);
  }

  @Override
  public void close() {
    threads.shutdownNow();
  }
}

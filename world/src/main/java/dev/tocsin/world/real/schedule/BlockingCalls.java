package dev.tocsin.world.real.schedule;

import java.io.IOException;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/// Calls into the operating system that may hang for minutes (a name server that is gone, a network
/// file system that does not answer). On a virtual thread each would keep a carrier, and two of
/// them all others, so they run on platform threads, and the caller waits only as long as it says.
///
/// One call at a time for each subject, and at most [#THREADS_MAX] in all; beyond that a call fails
/// at once. A call that hangs thus costs one thread, however often it is asked for.
public final class BlockingCalls implements AutoCloseable {
  /// Threads at once; beyond it calls fail at once.
  private static final int THREADS_MAX = 16;

  /// Seconds after which a thread without work ends.
  private static final long THREAD_IDLE_SECONDS = 20;

  private static final long STACK_BYTES = 256 << 10;

  private final Set<String> underWay = ConcurrentHashMap.newKeySet();
  private final ThreadPoolExecutor threads;

  public BlockingCalls(String name) {
    threads =
        new ThreadPoolExecutor(
            0,
            THREADS_MAX,
            THREAD_IDLE_SECONDS,
            TimeUnit.SECONDS,
            new SynchronousQueue<>(),
            Thread.ofPlatform().name(name).daemon().stackSize(STACK_BYTES).factory());
  }

  /// Waits for the result at most that long. What the call throws is thrown on as it is where it is
  /// an IOException.
  public <T> T call(String subject, long timeoutNanos, Callable<T> blocking) throws IOException {
    if (!underWay.add(subject)) {
      throw new IOException(subject + ": an earlier attempt still waits for an answer");
    }
    FutureTask<T> task =
        new FutureTask<>(
            () -> {
              try {
                return blocking.call();
              } finally {
                underWay.remove(subject);
              }
            });
    try {
      threads.execute(task);
    } catch (RejectedExecutionException _) {
      underWay.remove(subject);
      throw new IOException(subject + ": " + THREADS_MAX + " other calls wait for an answer");
    }
    return result(subject, timeoutNanos, task);
  }

  private static <T> T result(String subject, long timeoutNanos, FutureTask<T> task)
      throws IOException {
    try {
      return task.get(timeoutNanos, TimeUnit.NANOSECONDS);
    } catch (TimeoutException _) {
      throw new IOException(
          subject + ": no answer within " + TimeUnit.NANOSECONDS.toMillis(timeoutNanos) + " ms");
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      throw new IOException(subject + ": stopped while waiting");
    } catch (ExecutionException e) {
      if (e.getCause() instanceof IOException cause) {
        throw cause;
      }
      throw new IOException(subject + ": " + e.getCause(), e);
    }
  }

  @Override
  public void close() {
    threads.shutdown();
  }
}

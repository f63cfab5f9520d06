package dev.tocsin.world.real.http;

import dev.tocsin.world.time.Clock;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/// How many bytes of answers the peer takes now, on each stream and on all together (RFC 9113 5.2).
/// Any thread.
final class H2Windows {
  private static final class Window {
    private long bytes;

    Window(long bytes) {
      this.bytes = bytes;
    }
  }

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private final Map<Integer, Window> streams = new HashMap<>();
  private final Window connection = new Window(H2.FIRST_WINDOW);
  private final Clock clock;
  private long first = H2.FIRST_WINDOW;

  H2Windows(Clock clock) {
    this.clock = clock;
  }

  void open(int stream) {
    lock.lock();
    try {
      streams.put(stream, new Window(first));
    } finally {
      lock.unlock();
    }
  }

  /// Nothing more is sent on it; whoever waits fails.
  void close(int stream) {
    lock.lock();
    try {
      streams.remove(stream);
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  void closeAll() {
    lock.lock();
    try {
      streams.clear();
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /// Waits until something may be sent, takes at most so many bytes, and returns how many.
  ///
  /// @param deadlineNanos monotonic; beyond it fails
  int take(int stream, int wanted, long deadlineNanos) throws IOException {
    lock.lock();
    try {
      while (true) {
        Window window = streams.get(stream);
        if (window == null) {
          throw new IOException("the peer has taken the request back");
        }
        int some = (int) Math.min(wanted, Math.min(window.bytes, connection.bytes));
        if (some > 0) {
          window.bytes -= some;
          connection.bytes -= some;
          return some;
        }
        long left = deadlineNanos - clock.monotonicNanos();
        if (left <= 0) {
          throw new IOException("the answer was not taken in time");
        }
        var _ = changed.await(left, TimeUnit.NANOSECONDS);
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("stopped while sending an answer");
    } finally {
      lock.unlock();
    }
  }

  /// The peer takes more. @param stream 0 for all together
  void grow(int stream, int by) throws H2Exception {
    lock.lock();
    try {
      Window window = stream == 0 ? connection : streams.get(stream);
      if (window != null) {
        add(window, by);
        changed.signalAll();
      }
    } finally {
      lock.unlock();
    }
  }

  /// What streams begin with; those that are open change by the difference, and may fall below
  /// zero.
  void first(int bytes) throws H2Exception {
    lock.lock();
    try {
      for (Window window : streams.values()) {
        add(window, bytes - first);
      }
      first = bytes;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  private static void add(Window window, long by) throws H2Exception {
    window.bytes += by;
    if (window.bytes > H2.WINDOW_MAX) {
      throw new H2Exception(H2.FLOW_CONTROL_ERROR, "a window is larger than 2^31-1");
    }
  }
}

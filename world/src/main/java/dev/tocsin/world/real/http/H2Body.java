package dev.tocsin.world.real.http;

import dev.tocsin.world.net.HttpRequest.BodyTooLargeException;
import dev.tocsin.world.time.Clock;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/// The body of one request. The connection's thread fills it; the handler's waits until it is
/// whole. As long as the handler has not asked for it, no more than [H2#STREAM_WINDOW] can come.
final class H2Body {
  /// Bytes first made room for; more only as they come.
  private static final int FIRST_BYTES = 16 << 10;

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private final ByteBudget budget;

  /// Bytes it has, as the headers say; -1: they do not.
  private final long announced;

  private byte[] bytes = {};
  private int filled;
  private long borrowed;
  private boolean whole;
  private boolean released;
  private @Nullable IOException failure;

  /// Bytes the peer may still send.
  private int window = H2.STREAM_WINDOW;

  /// Bytes that the handler takes at most; negative as long as it has not asked.
  private int bytesMax = -1;

  H2Body(ByteBudget budget, long announced) {
    this.budget = budget;
    this.announced = announced;
  }

  /// Bytes come: returns where they go, behind those that are [#filled]; null: they are thrown
  /// away. Connection's thread.
  ///
  /// @param framed of the window, with the padding
  byte @Nullable [] expect(int count, int framed) throws H2Exception {
    lock.lock();
    try {
      if (framed > window) {
        throw new H2Exception(H2.FLOW_CONTROL_ERROR, "more of a body than was allowed");
      }
      window -= framed;
      long size = (long) filled + count;
      if (failure == null && bytesMax >= 0 && size > bytesMax) {
        fail(new BodyTooLargeException(bytesMax));
      }
      if (failure == null && announced >= 0 && size > announced) {
        fail(new IOException("more of a body than its content-length"));
      }
      boolean isWanted = failure == null && !released && hasRoom((int) size);
      return isWanted ? bytes : null;
    } finally {
      lock.unlock();
    }
  }

  private boolean hasRoom(int size) {
    if (size <= bytes.length) {
      return true;
    }
    long wanted = Math.max(size, Math.max(FIRST_BYTES, 2L * bytes.length));
    if (announced >= 0) {
      wanted = Math.max(size, Math.min(wanted, announced));
    }
    if (!budget.take(wanted - bytes.length)) {
      fail(new WireException(503, "too many bodies are coming in"));
      return false;
    }
    borrowed += wanted - bytes.length;
    bytes = Arrays.copyOf(bytes, (int) wanted);
    return true;
  }

  /// Bytes that are there. Connection's thread, which alone changes it.
  int filled() {
    return filled;
  }

  /// They are there. Returns how many more to allow the peer; 0: none now. Connection's thread.
  int came(int count, boolean isLast) {
    lock.lock();
    try {
      filled += count;
      if (isLast) {
        end();
      }
      return allowance();
    } finally {
      lock.unlock();
    }
  }

  /// Bytes that are not wanted came. Connection's thread.
  void cameInVain(boolean isLast) {
    lock.lock();
    try {
      if (isLast) {
        end();
      }
    } finally {
      lock.unlock();
    }
  }

  private void end() {
    whole = true;
    if (failure == null && announced >= 0 && filled != announced) {
      fail(new IOException("less of a body than its content-length"));
    }
    changed.signalAll();
  }

  /// What the peer may send more, once that is worth a frame.
  private int allowance() {
    int more = H2.STREAM_WINDOW - window;
    if (bytesMax < 0 || whole || failure != null || more < H2.STREAM_WINDOW / 2) {
      return 0;
    }
    window += more;
    return more;
  }

  /// The handler asks for it. Returns how many more bytes to allow the peer; 0: none now.
  int want(int most) {
    lock.lock();
    try {
      bytesMax = most;
      if (failure == null && filled > most) {
        fail(new BodyTooLargeException(most));
      }
      return allowance();
    } finally {
      lock.unlock();
    }
  }

  /// Waits until all of it is there. Handler's thread.
  byte[] await(Clock clock, long deadlineNanos) throws IOException {
    lock.lock();
    try {
      while (!whole && failure == null) {
        long left = deadlineNanos - clock.monotonicNanos();
        if (left <= 0) {
          fail(new IOException("the body did not come in time"));
        } else {
          var _ = changed.await(left, TimeUnit.NANOSECONDS);
        }
      }
      if (failure != null) {
        throw failure;
      }
      return filled == bytes.length ? bytes : Arrays.copyOf(bytes, filled);
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("stopped while a body came in");
    } finally {
      lock.unlock();
    }
  }

  /// The rest will not come.
  void abandon(String why) {
    lock.lock();
    try {
      if (!whole && failure == null) {
        fail(new IOException(why));
      }
    } finally {
      lock.unlock();
    }
  }

  private void fail(IOException why) {
    failure = why;
    changed.signalAll();
  }

  boolean isWhole() {
    lock.lock();
    try {
      return whole;
    } finally {
      lock.unlock();
    }
  }

  /// Whether it did not come whole, and not because it was too large.
  boolean isBroken() {
    lock.lock();
    try {
      return failure != null
          && !(failure instanceof BodyTooLargeException)
          && !(failure instanceof WireException);
    } finally {
      lock.unlock();
    }
  }

  /// The handler is done with it.
  void release() {
    lock.lock();
    try {
      released = true;
      budget.give(borrowed);
      borrowed = 0;
      bytes = new byte[0];
    } finally {
      lock.unlock();
    }
  }
}

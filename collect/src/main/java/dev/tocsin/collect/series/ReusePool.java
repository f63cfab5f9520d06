package dev.tocsin.collect.series;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.Semaphore;
import java.util.function.Supplier;

/// Decoders that are not in use, the one used last on top: its buffers are the warmest. Keeps a few
/// and drops the rest, so that a crowd of requests leaves little behind. Any thread.
public final class ReusePool<T extends ReusePool.Reused> {
  /// What is kept between requests.
  public interface Reused {
    /// Called before it is kept: lets large buffers and the last body go.
    void shrink();
  }

  /// More than there ever are requests.
  private static final int UNBOUNDED = 1 << 30;

  private final Deque<T> free = new ArrayDeque<>();
  private final Supplier<T> make;
  private final int keptMax;
  private final Semaphore turns;

  /// With as many in use at once as are asked for.
  public ReusePool(int keptMax, Supplier<T> make) {
    this(keptMax, UNBOUNDED, make);
  }

  /// @param busyMax in use at once; who comes then waits until one is given back
  public ReusePool(int keptMax, int busyMax, Supplier<T> make) {
    this.keptMax = keptMax;
    this.turns = new Semaphore(busyMax);
    this.make = make;
  }

  public T take() {
    turns.acquireUninterruptibly();
    synchronized (free) {
      T decoder = free.pollFirst();
      if (decoder != null) {
        return decoder;
      }
    }
    return make.get();
  }

  public void give(T decoder) {
    decoder.shrink();
    synchronized (free) {
      if (free.size() < keptMax) {
        free.addFirst(decoder);
      }
    }
    turns.release();
  }

  public int kept() {
    synchronized (free) {
      return free.size();
    }
  }
}

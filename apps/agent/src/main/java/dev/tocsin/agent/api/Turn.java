package dev.tocsin.agent.api;

import dev.tocsin.agent.api.ApiException.Kind;
import dev.tocsin.world.net.HttpReply;
import dev.tocsin.world.time.Clock;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/// One request's turn: waits, runs, and ends with an answer or an exception. Two threads: the one
/// that works, and the one that watches.
final class Turn implements BooleanSupplier {
  static final String EVALUATION = "expression evaluation";
  private static final String EXECUTION = "query execution";

  private enum State {
    WAITS,
    RUNS,
    GIVEN_UP
  }

  /// Polls between two looks at the memory, less one; a power of two.
  private static final int MEMORY_EVERY = 63;

  private final Clock clock;
  private final Memory memory;
  private final long beginNanos;
  private final long timeoutNanos;
  private final AtomicReference<State> state = new AtomicReference<>(State.WAITS);
  private final CountDownLatch ended = new CountDownLatch(1);
  private volatile boolean abandoned;
  private volatile @Nullable HttpReply reply;
  private volatile @Nullable RuntimeException failure;
  private long queuedNanos;
  private int polls;
  private boolean memoryShort;

  Turn(Clock clock, Memory memory, long timeoutNanos) {
    this.clock = clock;
    this.memory = memory;
    this.beginNanos = clock.monotonicNanos();
    this.timeoutNanos = timeoutNanos;
  }

  static ApiException timeout(String where) {
    return new ApiException(Kind.TIMEOUT, "query timed out in " + where);
  }

  static ApiException canceled(String where) {
    return new ApiException(Kind.CANCELED, "query was canceled in " + where);
  }

  /// Whether to stop: nobody waits any more, it took too long, or memory is short. The thread that
  /// works.
  @Override
  public boolean getAsBoolean() {
    if ((polls++ & MEMORY_EVERY) == 0 && memory.isShort()) {
      memoryShort = true;
    }
    return memoryShort || isUnwanted();
  }

  private boolean isUnwanted() {
    return abandoned || isLate();
  }

  /// Why it had to stop, and in what.
  ApiException stopped(String where) {
    if (abandoned) {
      return canceled(where);
    }
    return memoryShort ? tooMuch() : timeout(where);
  }

  private static ApiException tooMuch() {
    return new ApiException(
        Kind.EXECUTION,
        "query processing would load too many samples into memory in query execution");
  }

  private boolean isLate() {
    return clock.monotonicNanos() - beginNanos >= timeoutNanos;
  }

  /// How long it waited to begin.
  long queuedNanos() {
    return queuedNanos;
  }

  Clock clock() {
    return clock;
  }

  /// False where nobody waits for it any more.
  boolean begin() {
    if (!state.compareAndSet(State.WAITS, State.RUNS)) {
      return false;
    }
    queuedNanos = clock.monotonicNanos() - beginNanos;
    if (memory.isShort()) {
      memory.reclaim();
    }
    if (getAsBoolean()) {
      fail(stopped(EXECUTION));
      return false;
    }
    return true;
  }

  void end(HttpReply answer) {
    reply = answer;
    ended.countDown();
  }

  void fail(RuntimeException e) {
    failure = e;
    ended.countDown();
  }

  boolean await(long time, TimeUnit unit) throws InterruptedException {
    return ended.await(time, unit);
  }

  void abandon() {
    abandoned = true;
  }

  /// Ends a turn that has not begun where it is not wanted any more, or too late.
  void giveUpWaiting() {
    if (isUnwanted() && state.compareAndSet(State.WAITS, State.GIVEN_UP)) {
      fail(abandoned ? canceled(EXECUTION) : timeout(EXECUTION));
    }
  }

  /// The answer; throws what the work threw. Once it has ended.
  HttpReply result() {
    RuntimeException wrong = failure;
    if (wrong != null) {
      throw wrong;
    }
    HttpReply answer = reply;
    if (answer == null) {
      throw new IllegalStateException("the turn has not ended");
    }
    return answer;
  }
}

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

  private final Clock clock;
  private final long beginNanos;
  private final long timeoutNanos;
  private final AtomicReference<State> state = new AtomicReference<>(State.WAITS);
  private final CountDownLatch ended = new CountDownLatch(1);
  private volatile boolean abandoned;
  private volatile @Nullable HttpReply reply;
  private volatile @Nullable RuntimeException failure;
  private long queuedNanos;

  Turn(Clock clock, long timeoutNanos) {
    this.clock = clock;
    this.beginNanos = clock.monotonicNanos();
    this.timeoutNanos = timeoutNanos;
  }

  static ApiException timeout(String where) {
    return new ApiException(Kind.TIMEOUT, "query timed out in " + where);
  }

  static ApiException canceled(String where) {
    return new ApiException(Kind.CANCELED, "query was canceled in " + where);
  }

  /// Whether to stop: nobody waits any more, or it took too long.
  @Override
  public boolean getAsBoolean() {
    return abandoned || isLate();
  }

  private boolean isLate() {
    return clock.monotonicNanos() - beginNanos >= timeoutNanos;
  }

  boolean isAbandoned() {
    return abandoned;
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
    if (getAsBoolean()) {
      fail(abandoned ? canceled(EXECUTION) : timeout(EXECUTION));
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
    if (getAsBoolean() && state.compareAndSet(State.WAITS, State.GIVEN_UP)) {
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

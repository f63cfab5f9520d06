package dev.tocsin.agent.api;

import dev.tocsin.agent.api.ApiException.Kind;
import dev.tocsin.promql.eval.EvalException;
import dev.tocsin.world.net.HttpReply;
import dev.tocsin.world.net.HttpRequest;
import dev.tocsin.world.schedule.Scheduler.Background;
import dev.tocsin.world.time.Clock;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/// Gives requests that search or compute their turns: a few at once, in the background, so that
/// neither the engine nor other requests wait for them. While its turn is due or lasts, the
/// request's own thread watches whether the client is still there.
public final class Turns {
  /// Requests at once.
  public static final int AT_ONCE_MAX = 2;

  /// Requests that wait for their turn; beyond it one is answered 503.
  private static final int WAITING_MAX = 128;

  /// How often the client is looked after, milliseconds.
  private static final long LOOK_MS = 50;

  /// Time of one request, waiting included, where it asks for no shorter one; nanoseconds.
  public static final long TIMEOUT_NANOS = 120_000_000_000L;

  /// Parser, evaluator and regular expressions recurse; a stack may be smaller than what they need.
  private static final String TOO_DEEP = "the expression nests too deeply";

  private final Background background;
  private final Clock clock;
  private final Memory memory;
  private final AtomicInteger given = new AtomicInteger();

  /// @param background with [#AT_ONCE_MAX] threads
  public Turns(Background background, Clock clock, Memory memory) {
    this.background = background;
    this.clock = clock;
    this.memory = memory;
  }

  /// What is done in a turn.
  @FunctionalInterface
  interface Work {
    HttpReply answer(Turn turn);
  }

  HttpReply take(HttpRequest request, Work work) {
    return take(request, TIMEOUT_NANOS, work);
  }

  /// Waits for the turn and its end. Throws [ApiException] where there is no answer.
  HttpReply take(HttpRequest request, long timeoutNanos, Work work) {
    Turn turn = new Turn(clock, memory, Math.min(TIMEOUT_NANOS, timeoutNanos));
    if (given.incrementAndGet() > AT_ONCE_MAX + WAITING_MAX) {
      given.decrementAndGet();
      throw new ApiException(Kind.UNAVAILABLE, "too many queries are waiting for their turn");
    }
    try {
      background.give(() -> run(turn, work));
    } catch (RejectedExecutionException e) {
      given.decrementAndGet();
      throw new ApiException(Kind.UNAVAILABLE, "the agent is stopping");
    }
    watch(request, turn);
    return turn.result();
  }

  private void run(Turn turn, Work work) {
    try {
      if (turn.begin()) {
        answer(turn, work);
      }
    } finally {
      given.decrementAndGet();
    }
  }

  private static void answer(Turn turn, Work work) {
    try {
      turn.end(work.answer(turn));
    } catch (EvalException e) {
      turn.fail(error(e, turn));
    } catch (RuntimeException e) {
      turn.fail(e);
    } catch (StackOverflowError e) {
      turn.fail(new ApiException(Kind.EXECUTION, TOO_DEEP));
    } catch (Error e) {
      turn.fail(new IllegalStateException(e));
      throw e;
    }
  }

  private static void watch(HttpRequest request, Turn turn) {
    boolean interrupted = false;
    while (true) {
      try {
        if (turn.await(LOOK_MS, TimeUnit.MILLISECONDS)) {
          break;
        }
      } catch (InterruptedException e) {
        interrupted = true;
        turn.abandon();
      }
      if (request.isAbandoned()) {
        turn.abandon();
      }
      turn.giveUpWaiting();
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private static ApiException error(EvalException e, Turn turn) {
    return switch (e.kind()) {
      case EXECUTION, LIMIT -> new ApiException(Kind.EXECUTION, String.valueOf(e.getMessage()));
      case TIMEOUT -> Turn.timeout(Turn.EVALUATION);
      case CANCELED -> turn.stopped(Turn.EVALUATION);
    };
  }
}

package dev.tocsin.world.real.http;

import dev.tocsin.world.net.HttpCalling;
import dev.tocsin.world.real.schedule.Alarms;
import dev.tocsin.world.real.schedule.BlockingCalls;
import dev.tocsin.world.time.Clock;
import java.util.concurrent.Callable;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import javax.net.ssl.SSLSocketFactory;

/// Calls HTTP servers, each call on a virtual thread, over connections that are kept for the next.
///
/// A request is written once. Where a kept connection turns out to be closed, which it can only at
/// the very moment of writing since it is looked at before, the call fails, and the caller decides:
/// the server may have got it.
public final class RealCalling implements HttpCalling {
  /// Calls under way; beyond it a call fails at once.
  static final int CALLS_MAX = 1024;

  /// Bytes of answers' heads beyond the first KiB that all calls may hold; beyond it a call fails.
  private static final long HEAD_BYTES_MAX = 2L << 20;

  final Clock clock;
  final ConnectionPool pool;
  final Dialer dialer;
  private final Alarms alarms;
  private final BlockingCalls names = new BlockingCalls("names");
  private final AtomicInteger calls = new AtomicInteger();

  public RealCalling(Clock clock, Alarms alarms) {
    this(clock, alarms, () -> (SSLSocketFactory) SSLSocketFactory.getDefault());
  }

  /// @param tls makes sockets that trust whom it says; called at most once, when first needed
  RealCalling(Clock clock, Alarms alarms, Callable<SSLSocketFactory> tls) {
    this.clock = clock;
    this.alarms = alarms;
    this.pool = new ConnectionPool(clock, alarms);
    this.dialer = new Dialer(clock, names, new ByteBudget(HEAD_BYTES_MAX), tls);
  }

  @Override
  public void call(HttpCall call, Consumer<HttpOutcome> then) {
    if (calls.incrementAndGet() > CALLS_MAX) {
      calls.decrementAndGet();
      HttpOutcome failed = new HttpOutcome.Failed(CALLS_MAX + " calls are under way already");
      Thread.ofVirtual().name("call").start(() -> then.accept(failed));
      return;
    }
    Thread.ofVirtual().name("call").start(() -> then.accept(outcome(call)));
  }

  private HttpOutcome outcome(HttpCall call) {
    try {
      long timeoutNanos = call.timeoutMs() * 1_000_000L;
      Exchange exchange = new Exchange(this, call, clock.monotonicNanos() + timeoutNanos);
      Alarms.Alarm alarm = alarms.after(timeoutNanos, exchange::expire);
      try {
        return exchange.run();
      } finally {
        alarm.cancel();
      }
    } catch (RejectedExecutionException _) {
      return new HttpOutcome.Failed("the program is stopping");
    } finally {
      calls.decrementAndGet();
    }
  }

  @Override
  public void close() {
    pool.close();
    names.close();
  }

  /// Connections kept for later calls.
  int idleConnections() {
    return pool.count();
  }
}

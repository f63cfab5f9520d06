package dev.tocsin.world.real.http;

import dev.tocsin.world.net.HttpHandler;
import dev.tocsin.world.net.HttpReply;
import dev.tocsin.world.net.HttpRequest;
import dev.tocsin.world.net.HttpServing.ListenConfig;
import dev.tocsin.world.net.HttpServing.Listening;
import dev.tocsin.world.net.HttpServing.ServingStats;
import dev.tocsin.world.real.schedule.Alarms;
import dev.tocsin.world.time.Clock;
import java.io.IOException;
import java.net.StandardSocketOptions;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.Iterator;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/// Accepts connections on a thread of its own and keeps their number and their times within limits.
final class Listener implements Listening {
  /// How often deadlines are looked at, nanoseconds.
  private static final long SWEEP_NANOS = 100_000_000L;

  private static final long CLOSE_NANOS = 1_000_000_000L;
  private static final long PAUSE_NANOS = 5_000_000L;
  private static final long STACK_BYTES = 256 << 10;

  final Clock clock;
  final HttpHandler handler;
  final boolean http2;
  final int headBytesMax;
  final long idleNanos;
  final long requestNanos;
  final ByteBudget headBytes;
  final ByteBudget bodyBytes;
  final ByteBudget replyBytes;
  final Counts counts = new Counts();
  final HttpDate date = new HttpDate();

  private final ServerSocketChannel server;
  private final int port;
  private final int connectionsMax;
  private final Set<ServerConnection> connections = ConcurrentHashMap.newKeySet();
  private final Alarms.Alarm sweep;
  private final Thread acceptor;
  private volatile boolean stopping;

  Listener(
      ServerSocketChannel server,
      int port,
      ListenConfig config,
      HttpHandler handler,
      Budgets budgets,
      Clock clock,
      Alarms alarms) {
    this.server = server;
    this.port = port;
    this.handler = handler;
    this.headBytes = budgets.heads();
    this.bodyBytes = budgets.bodies();
    this.replyBytes = budgets.replies();
    this.clock = clock;
    this.connectionsMax = config.connectionsMax();
    this.http2 = config.http2();
    this.headBytesMax = config.headerBytesMax();
    this.idleNanos = config.idleSeconds() * 1_000_000_000L;
    this.requestNanos = config.requestSeconds() * 1_000_000_000L;
    this.sweep = alarms.every(SWEEP_NANOS, this::sweep);
    this.acceptor =
        Thread.ofPlatform()
            .name("http-accept")
            .daemon()
            .stackSize(STACK_BYTES)
            .unstarted(this::acceptAll);
  }

  void start() {
    acceptor.start();
  }

  private void acceptAll() {
    while (!stopping) {
      try {
        accept(server.accept());
      } catch (ClosedChannelException _) {
        return;
      } catch (IOException _) {
        // No file handle is free, mostly: make one free, or wait for one.
        if (!displace()) {
          LockSupport.parkNanos(10 * PAUSE_NANOS);
        }
      }
    }
  }

  private void accept(SocketChannel channel) throws IOException {
    counts.accepted.incrementAndGet();
    if (connections.size() >= connectionsMax && !displace()) {
      counts.surplus.incrementAndGet();
      channel.close();
      return;
    }
    ServerConnection connection;
    try {
      channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
      connection = new ServerConnection(this, channel);
    } catch (IOException e) {
      channel.close(); // it went away meanwhile
      return;
    }
    connections.add(connection);
    Thread.ofVirtual().name("http").start(connection);
  }

  /// Closes the connection that waits for the longest time; those that never brought a request go
  /// first. False where all have work.
  private boolean displace() {
    @Nullable ServerConnection oldest = null;
    long since = Long.MAX_VALUE;
    for (ServerConnection one : connections) {
      long its = one.displaceableSince();
      if (its < since) {
        since = its;
        oldest = one;
      }
    }
    if (oldest == null) {
      return false;
    }
    counts.displaced.incrementAndGet();
    connections.remove(oldest);
    oldest.abort();
    return true;
  }

  private void sweep() {
    long now = clock.monotonicNanos();
    for (Iterator<ServerConnection> all = connections.iterator(); all.hasNext(); ) {
      ServerConnection one = all.next();
      if (one.isLate(now)) {
        counts.timedOut.incrementAndGet();
        all.remove();
        one.abort();
      }
    }
  }

  /// What the handler answers; what it throws is answered too.
  ///
  /// @param isBroken whether the body did not come whole
  HttpReply answer(HttpRequest request, BooleanSupplier isBroken) {
    try {
      return handler.handle(request);
    } catch (HttpRequest.BodyTooLargeException e) {
      return HttpReply.text(413, e.getMessage() + "\n");
    } catch (WireException e) {
      counts.malformed.incrementAndGet();
      return HttpReply.text(e.status(), e.reason() + "\n");
    } catch (IOException e) {
      return isBroken.getAsBoolean() ? HttpReply.text(400, "the body ended early\n") : failure(e);
    } catch (RuntimeException | StackOverflowError e) {
      return failure(e);
    }
  }

  HttpReply failure(Throwable e) {
    counts.failed(e);
    return HttpReply.text(500, "internal error\n");
  }

  void ended(ServerConnection connection) {
    connections.remove(connection);
  }

  boolean isStopping() {
    return stopping;
  }

  @Override
  public int port() {
    return port;
  }

  @Override
  public ServingStats stats() {
    return counts.read(connections.size());
  }

  @Override
  public void close() {
    stopping = true;
    try {
      server.close();
    } catch (IOException _) {
      // Closed is closed.
    }
    connections.stream().filter(ServerConnection::isWaiting).forEach(ServerConnection::abort);
    long until = clock.monotonicNanos() + CLOSE_NANOS;
    while (!connections.isEmpty() && clock.monotonicNanos() < until) {
      LockSupport.parkNanos(PAUSE_NANOS);
    }
    connections.forEach(ServerConnection::abort);
    sweep.cancel();
  }
}

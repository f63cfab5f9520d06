package dev.tocsin.bench.webhook;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;

/// A port of the loopback address that is listened on. One thread accepts; each connection has a
/// thread of its own, started when it is accepted. All are daemons.
final class Listening implements AutoCloseable {
  private static final int BACKLOG = 1024;
  private static final long STACK_BYTES = 256 << 10;

  private final ServerSocket server;
  private final int connectionsMax;
  private final Function<IncomingRequest, Reply> handler;
  private final AtomicInteger turnedAway;
  private final Thread accepting;

  /// Open connections; guards `closed` too.
  private final Set<Connection> connections = new HashSet<>();

  private boolean closed;

  private Listening(
      ServerSocket server,
      int connectionsMax,
      Function<IncomingRequest, Reply> handler,
      AtomicInteger turnedAway) {
    this.server = server;
    this.connectionsMax = connectionsMax;
    this.handler = handler;
    this.turnedAway = turnedAway;
    this.accepting =
        Thread.ofPlatform().name("receiver").daemon().stackSize(STACK_BYTES).unstarted(this::run);
  }

  /// @param port 0 for any
  /// @param connectionsMax open at once; one beyond is closed, unread
  /// @param handler called on the connections' threads
  /// @param turnedAway counts connections beyond the limit
  static Listening open(
      int port,
      int connectionsMax,
      Function<IncomingRequest, Reply> handler,
      AtomicInteger turnedAway)
      throws IOException {
    ServerSocket server = new ServerSocket();
    try {
      // Connections closed a moment ago may still hold the port.
      server.setReuseAddress(true);
      server.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), BACKLOG);
    } catch (IOException e) {
      server.close();
      throw e;
    }
    Listening listening = new Listening(server, connectionsMax, handler, turnedAway);
    listening.accepting.start();
    return listening;
  }

  int port() {
    return server.getLocalPort();
  }

  private void run() {
    try (server) {
      while (true) {
        take(server.accept());
      }
    } catch (IOException e) {
      if (!isClosed()) {
        throw new UncheckedIOException("the receiver of webhooks accepts no more", e);
      }
    }
  }

  private void take(Socket socket) {
    Connection connection = new Connection(socket, handler);
    if (!add(connection)) {
      connection.close();
      return;
    }
    Thread thread =
        Thread.ofPlatform()
            .name("webhook")
            .daemon()
            .stackSize(STACK_BYTES)
            .unstarted(() -> serve(connection));
    thread.start();
  }

  private boolean add(Connection connection) {
    synchronized (connections) {
      if (closed) {
        return false;
      }
      if (connections.size() >= connectionsMax) {
        turnedAway.incrementAndGet();
        return false;
      }
      return connections.add(connection);
    }
  }

  private void serve(Connection connection) {
    try {
      connection.run();
    } finally {
      synchronized (connections) {
        connections.remove(connection);
      }
    }
  }

  private boolean isClosed() {
    synchronized (connections) {
      return closed;
    }
  }

  /// Closes the port and all connections. When it returns, the port is free.
  @Override
  public void close() {
    List<Connection> open;
    synchronized (connections) {
      closed = true;
      open = List.copyOf(connections);
    }
    try {
      server.close();
      // Until its thread has left the call, the kernel goes on listening.
      accepting.join();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    open.forEach(Connection::close);
  }
}

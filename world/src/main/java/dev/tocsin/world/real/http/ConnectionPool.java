package dev.tocsin.world.real.http;

import dev.tocsin.world.real.schedule.Alarms;
import dev.tocsin.world.time.Clock;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Connections that wait for their next call, the one used last first. Any thread.
final class ConnectionPool {
  /// Idle connections to one server; one more is closed.
  private static final int IDLE_PER_SERVER_MAX = 16;

  /// Idle connections in all; one more is closed.
  private static final int IDLE_MAX = 128;

  /// How often those that are too old are looked for, nanoseconds.
  private static final long SWEEP_NANOS = 5_000_000_000L;

  private final Clock clock;
  private final Alarms alarms;

  /// Guarded by this.
  private final Map<String, Deque<ClientConnection>> idle = new HashMap<>();

  private int count;
  private boolean sweeping;
  private boolean closed;

  ConnectionPool(Clock clock, Alarms alarms) {
    this.clock = clock;
    this.alarms = alarms;
  }

  /// One that seems to be open still, or null.
  @Nullable ClientConnection take(String key) {
    while (true) {
      ClientConnection connection = poll(key);
      if (connection == null) {
        return null;
      }
      if (clock.monotonicNanos() < connection.usableUntilNanos && connection.isStillOpen()) {
        connection.reused = true;
        return connection;
      }
      connection.release();
    }
  }

  private synchronized @Nullable ClientConnection poll(String key) {
    Deque<ClientConnection> queue = idle.get(key);
    if (queue == null) {
      return null;
    }
    ClientConnection connection = queue.removeFirst();
    count--;
    if (queue.isEmpty()) {
      idle.remove(key);
    }
    return connection;
  }

  void put(String key, ClientConnection connection) {
    connection.in.shrink();
    if (!keep(key, connection)) {
      connection.release();
    }
  }

  private synchronized boolean keep(String key, ClientConnection connection) {
    Deque<ClientConnection> queue = idle.computeIfAbsent(key, _ -> new ArrayDeque<>());
    if (closed || count >= IDLE_MAX || queue.size() >= IDLE_PER_SERVER_MAX) {
      if (queue.isEmpty()) {
        idle.remove(key);
      }
      return false;
    }
    queue.addFirst(connection);
    count++;
    if (!sweeping) {
      sweeping = true;
      alarms.after(SWEEP_NANOS, this::sweep);
    }
    return true;
  }

  private void sweep() {
    removeOld(clock.monotonicNanos()).forEach(ClientConnection::release);
  }

  private synchronized List<ClientConnection> removeOld(long nowNanos) {
    List<ClientConnection> old = new ArrayList<>();
    for (Deque<ClientConnection> queue : idle.values()) {
      queue.removeIf(
          one -> {
            boolean tooOld = nowNanos >= one.usableUntilNanos;
            if (tooOld) {
              old.add(one);
            }
            return tooOld;
          });
    }
    idle.values().removeIf(Deque::isEmpty);
    count -= old.size();
    sweeping = count > 0 && !closed;
    if (sweeping) {
      alarms.after(SWEEP_NANOS, this::sweep);
    }
    return old;
  }

  void close() {
    List<ClientConnection> all = new ArrayList<>();
    synchronized (this) {
      closed = true;
      idle.values().forEach(all::addAll);
      idle.clear();
      count = 0;
    }
    all.forEach(ClientConnection::release);
  }

  synchronized int count() {
    return count;
  }
}

package dev.tocsin.agent;

import dev.tocsin.deliver.outbox.OutboxListener;
import dev.tocsin.model.input.Input;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.Consumer;
import java.util.function.ToLongFunction;

/// Brings receivers' answers into the sequence. Where the ring has no place for one it waits here,
/// in order; [#flush] is called again and again by the outbox's own events and by the engine's idle
/// time.
final class DeliveredQueue implements OutboxListener {
  /// Answers that wait; beyond it the oldest is forgotten, and its alert may be told again after a
  /// restart: at least once, never not at all.
  static final int WAITING_MAX = 65_536;

  private final ToLongFunction<Input> submit;
  private final Consumer<String> log;
  private final Deque<Input> waiting = new ArrayDeque<>();

  /// @param submit gives an input its place; 0 where there is none now
  DeliveredQueue(ToLongFunction<Input> submit, Consumer<String> log) {
    this.submit = submit;
    this.log = log;
  }

  @Override
  public void delivered(Input.Delivered delivered) {
    synchronized (waiting) {
      if (waiting.size() >= WAITING_MAX) {
        waiting.removeFirst();
      }
      waiting.addLast(delivered);
    }
    flush();
  }

  void flush() {
    synchronized (waiting) {
      while (!waiting.isEmpty() && submit.applyAsLong(waiting.getFirst()) != 0) {
        waiting.removeFirst();
      }
    }
  }

  int waiting() {
    synchronized (waiting) {
      return waiting.size();
    }
  }

  @Override
  public void log(String line) {
    log.accept(line);
  }
}

package dev.tocsin.deliver.outbox;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;

/// What one destination is owed about one alert, oldest first. The first may be in flight; the
/// others wait for it, so that a receiver hears the changes of an alert in order.
final class Chain {
  final AlertKey key;
  private final Deque<Owed> events = new ArrayDeque<>(2);
  boolean inFlight;

  Chain(AlertKey key) {
    this.key = key;
  }

  Owed first() {
    return events.getFirst();
  }

  boolean isEmpty() {
    return events.isEmpty();
  }

  int size() {
    return events.size();
  }

  void add(Owed owed) {
    events.addLast(owed);
  }

  void removeFirst() {
    events.removeFirst();
  }

  /// Drops all that is not in flight; returns how many.
  int clearWaiting() {
    int before = events.size();
    Owed flying = inFlight ? events.getFirst() : null;
    events.clear();
    if (flying != null) {
      events.add(flying);
    }
    return before - events.size();
  }

  /// Drops the oldest change behind the first.
  void dropSecond() {
    Iterator<Owed> all = events.iterator();
    all.next();
    all.next();
    all.remove();
  }
}

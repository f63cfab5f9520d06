package dev.tocsin.sim.net;

import java.util.function.Consumer;

/// Hands on the first of several outcomes: the answer, or the end of patience.
final class Once<T> {
  private final Consumer<T> then;
  private boolean done;

  Once(Consumer<T> then) {
    this.then = then;
  }

  void accept(T outcome) {
    if (!done) {
      done = true;
      then.accept(outcome);
    }
  }
}

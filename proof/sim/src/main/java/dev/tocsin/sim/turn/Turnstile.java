package dev.tocsin.sim.turn;

/// Lets one thread at a time touch the simulation. Every part of it passes here before it does
/// anything.
@FunctionalInterface
public interface Turnstile {
  /// Returns once it is the calling thread's turn: at once for the simulation's own thread and for
  /// the task it is running.
  void enter();
}

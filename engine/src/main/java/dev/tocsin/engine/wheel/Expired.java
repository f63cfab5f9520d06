package dev.tocsin.engine.wheel;

/// Told which timers have gone off. May arm and cancel timers, but not advance the wheel.
@FunctionalInterface
public interface Expired {
  /// @param deadlineMs as it was armed; may be long past
  void expired(int id, long deadlineMs);
}

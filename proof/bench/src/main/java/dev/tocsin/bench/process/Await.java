package dev.tocsin.bench.process;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/// Waits for what other processes do: looks every few milliseconds until a deadline.
public final class Await {
  private static final long LOOK_EVERY_NANOS = 2_000_000;

  private Await() {}

  /// Throws [IllegalStateException] with the description where it does not come true in time.
  public static void until(String description, Duration limit, BooleanSupplier condition) {
    present(
        () -> description,
        limit,
        () -> condition.getAsBoolean() ? Optional.of(true) : Optional.empty());
  }

  /// Returns the first value that is present.
  ///
  /// @param description said where none comes in time
  public static <T> T present(
      Supplier<String> description, Duration limit, Supplier<Optional<T>> value) {
    long deadline = System.nanoTime() + limit.toNanos();
    while (true) {
      Optional<T> found = value.get();
      if (found.isPresent()) {
        return found.get();
      }
      if (System.nanoTime() - deadline > 0) {
        throw new IllegalStateException(
            "not within " + limit.toMillis() + " ms: " + description.get());
      }
      LockSupport.parkNanos(LOOK_EVERY_NANOS);
    }
  }
}

package dev.tocsin.agent;

import dev.tocsin.model.input.Input;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/// Tells who gave the engine new rules what came of it. One at a time; any thread.
final class Takeover {
  /// @param problem why the engine refused the rules; empty where it took them
  /// @param tookNanos how long the engine did nothing else
  record Outcome(String problem, long tookNanos) {}

  private record Pending(Input.Reload input, CompletableFuture<Outcome> outcome) {}

  private final AtomicReference<@Nullable Pending> pending = new AtomicReference<>();

  /// To be called before the input is submitted.
  CompletableFuture<Outcome> expect(Input.Reload input) {
    CompletableFuture<Outcome> outcome = new CompletableFuture<>();
    pending.set(new Pending(input, outcome));
    return outcome;
  }

  /// The engine's thread.
  void applied(Input.Reload input, String problem, long tookNanos) {
    Pending waiting = pending.get();
    if (waiting != null && waiting.input.equals(input)) {
      pending.compareAndSet(waiting, null);
      waiting.outcome.complete(new Outcome(problem, tookNanos));
    }
  }
}

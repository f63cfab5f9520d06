package dev.tocsin.bench.fuzz;

import java.time.Duration;

/// How long things may take.
///
/// @param evaluation after this the evaluation of a case is cancelled, to which it has to listen
/// @param hang a case that took this much of the processor and is still not done counts as hanging
/// @param findings a run ends after so many
public record FuzzLimits(Duration evaluation, Duration hang, int findings) {
  /// Generous, for machines with other work to do.
  public static final FuzzLimits DEFAULT =
      new FuzzLimits(Duration.ofSeconds(5), Duration.ofSeconds(60), 20);
}

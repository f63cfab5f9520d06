package dev.tocsin.pipeline.intake;

import dev.tocsin.pipeline.accounting.Refusal;
import java.util.Map;

/// What became of a transaction.
///
/// @param seq its place in the sequence; where nothing of it was taken, the newest place there was:
///   when that is durable, so is whatever this transaction repeated
/// @param accepted samples on their way to the engine
/// @param refused the others, by reason; only reasons that occurred
public record Receipt(long seq, int accepted, Map<Refusal, Integer> refused) {
  public Receipt {
    refused = Map.copyOf(refused);
  }

  /// Whether a sample was refused that the sender has to hear about.
  public boolean hasErrors() {
    return refused.keySet().stream().anyMatch(Refusal::isError);
  }
}

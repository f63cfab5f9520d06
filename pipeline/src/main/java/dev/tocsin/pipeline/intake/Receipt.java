package dev.tocsin.pipeline.intake;

import dev.tocsin.pipeline.accounting.Refusal;
import java.util.Map;

/// What became of a transaction.
///
/// @param seq its place in the sequence; where nothing of it was taken, the newest place there was:
///   when that is durable, so is whatever this transaction repeated
/// @param accepted samples on their way to the engine
/// @param refused the others, by reason; only reasons that occurred
/// @param histogramErrors how many of those that the sender has to hear about are native histograms
public record Receipt(long seq, int accepted, Map<Refusal, Integer> refused, int histogramErrors) {
  public Receipt {
    refused = Map.copyOf(refused);
  }

  /// Whether a sample was refused that the sender has to hear about.
  public boolean hasErrors() {
    return refused.keySet().stream().anyMatch(Refusal::isError);
  }
}

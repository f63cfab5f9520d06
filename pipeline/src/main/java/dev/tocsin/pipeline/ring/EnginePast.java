package dev.tocsin.pipeline.ring;

/// Is told of every input that the engine is past, in their order.
@FunctionalInterface
public interface EnginePast {
  /// @param samples that it had of the input
  void past(long seq, int samples);
}

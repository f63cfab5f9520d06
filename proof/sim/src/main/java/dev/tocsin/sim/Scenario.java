package dev.tocsin.sim;

/// What is to happen in a simulated world, and what must hold. Fails by throwing.
@FunctionalInterface
public interface Scenario {
  void run(SimWorld world) throws Exception;
}

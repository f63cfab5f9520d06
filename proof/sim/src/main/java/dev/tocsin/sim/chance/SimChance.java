package dev.tocsin.sim.chance;

import dev.tocsin.sim.turn.Turnstile;
import dev.tocsin.world.chance.Chance;
import java.util.SplittableRandom;

/// Chance from a seed. Every part of the simulation has a stream of its own, named after it, so
/// that one more draw in one part does not change what the others do.
public final class SimChance implements Chance {
  private final long seed;
  private final SplittableRandom random;

  public SimChance(long seed) {
    this.seed = seed;
    this.random = new SplittableRandom(seed);
  }

  /// The same stream for threads that have to wait for their turn before they draw.
  public Chance behind(Turnstile turnstile) {
    return () -> {
      turnstile.enter();
      return nextLong();
    };
  }

  /// Another stream of the same seed.
  public SimChance stream(String name) {
    long mixed = seed * 0x9e3779b97f4a7c15L;
    for (int i = 0; i < name.length(); i++) {
      mixed = (mixed ^ name.charAt(i)) * 0x100000001b3L;
    }
    return new SimChance(mixed ^ (mixed >>> 29));
  }

  @Override
  public synchronized long nextLong() {
    return random.nextLong();
  }

  /// From `min` to `max`, both included.
  public synchronized long between(long min, long max) {
    return min >= max ? min : random.nextLong(min, max + 1);
  }

  /// True once in `n` times; never for 0.
  public synchronized boolean oneIn(int n) {
    return n > 0 && random.nextInt(n) == 0;
  }
}

package dev.tocsin.world.real;

import dev.tocsin.world.chance.Chance;
import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.concurrent.atomic.AtomicLong;

/// SplitMix64 (Steele, Lea, Flood: Fast splittable pseudorandom number generators, 2014) from a
/// seed of the kernel's. For spreading load and for identifiers, not for secrets. Any thread.
final class RealChance implements Chance {
  private static final long GOLDEN_GAMMA = 0x9e3779b97f4a7c15L;

  private final AtomicLong state = new AtomicLong(seed());

  @Override
  public long nextLong() {
    long z = state.addAndGet(GOLDEN_GAMMA);
    z = (z ^ (z >>> 30)) * 0xbf58476d1ce4e5b9L;
    z = (z ^ (z >>> 27)) * 0x94d049bb133111ebL;
    return z ^ (z >>> 31);
  }

  /// SecureRandom would read the same device, after loading a hundred classes.
  private static long seed() {
    try (InputStream device = new FileInputStream("/dev/urandom")) {
      return ByteBuffer.wrap(device.readNBytes(Long.BYTES)).getLong();
    } catch (IOException _) {
      return System.nanoTime() ^ (ProcessHandle.current().pid() << 32);
    }
  }
}

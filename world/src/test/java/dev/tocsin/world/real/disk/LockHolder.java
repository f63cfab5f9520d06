package dev.tocsin.world.real.disk;

import java.nio.file.Path;

/// A process of its own that holds a lock until its input ends. Its argument is the file.
final class LockHolder {
  private LockHolder() {}

  public static void main(String[] args) throws Exception {
    try (AutoCloseable _ = new RealDisk().lock(Path.of(args[0]))) {
      System.out.println("locked");
      while (System.in.read() >= 0) {
        Thread.onSpinWait();
      }
    }
  }
}

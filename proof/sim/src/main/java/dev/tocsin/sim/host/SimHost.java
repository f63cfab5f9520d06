package dev.tocsin.sim.host;

import dev.tocsin.world.host.Host;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/// A machine whose figures a test sets. At first it has one file system, at `/`.
public final class SimHost implements Host {
  private String name = "sim";
  private final Map<Path, FileSystemUse> fileSystems = new HashMap<>();

  public SimHost() {
    mount(
        Path.of("/"),
        new FileSystemUse(100L << 30, 60L << 30, 50L << 30, 1_000_000, 900_000, false));
  }

  public void rename(String to) {
    name = to;
  }

  public void mount(Path mountPoint, FileSystemUse use) {
    fileSystems.put(mountPoint, use);
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public FileSystemUse fileSystem(Path mountPoint) throws IOException {
    FileSystemUse use = fileSystems.get(mountPoint);
    if (use == null) {
      throw new IOException("cannot read the use of " + mountPoint + ": no such file or directory");
    }
    return use;
  }
}

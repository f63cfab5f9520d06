package dev.tocsin.world.real;

import dev.tocsin.world.host.Host;
import dev.tocsin.world.real.disk.RealDisk;
import dev.tocsin.world.real.schedule.BlockingCalls;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;

/// The machine this process runs on.
final class RealHost implements Host {
  private static final Path NAME = Path.of("/proc/sys/kernel/hostname");
  private static final int NAME_BYTES_MAX = 256;

  /// How long a file system may take; then it counts as one that does not answer.
  private static final long FILE_SYSTEM_NANOS = 2_000_000_000L;

  private final RealDisk disk;
  private final BlockingCalls fileSystems = new BlockingCalls("statvfs");
  private final boolean hasStatvfs = hasStatvfs();

  RealHost(RealDisk disk) {
    this.disk = disk;
  }

  @Override
  public String name() {
    try {
      String name = new String(disk.readAll(NAME, NAME_BYTES_MAX), StandardCharsets.UTF_8).strip();
      return name.isEmpty() ? fallbackName() : name;
    } catch (IOException _) {
      return fallbackName();
    }
  }

  private static String fallbackName() {
    String name = System.getenv("HOSTNAME");
    return name == null || name.isBlank() ? "localhost" : name.strip();
  }

  @Override
  public FileSystemUse fileSystem(Path mountPoint) throws IOException {
    return fileSystems.call(
        mountPoint.toString(),
        FILE_SYSTEM_NANOS,
        () -> hasStatvfs ? Statvfs.read(mountPoint) : withoutInodes(mountPoint));
  }

  /// Only where the layout is known, and where calling native code is allowed.
  private static boolean hasStatvfs() {
    String arch = System.getProperty("os.arch", "");
    boolean is64 = arch.equals("amd64") || arch.equals("aarch64");
    return is64
        && System.getProperty("os.name", "").toLowerCase(Locale.ROOT).equals("linux")
        && RealHost.class.getModule().isNativeAccessEnabled();
  }

  /// What the JDK knows by itself: no inodes, which are told as 0.
  static FileSystemUse withoutInodes(Path mountPoint) throws IOException {
    FileStore store = Files.getFileStore(mountPoint);
    return new FileSystemUse(
        store.getTotalSpace(),
        store.getUnallocatedSpace(),
        store.getUsableSpace(),
        0,
        0,
        store.isReadOnly());
  }
}

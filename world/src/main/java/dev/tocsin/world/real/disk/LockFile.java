package dev.tocsin.world.real.disk;

import dev.tocsin.world.disk.Disk.LockedException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// A lock of the kernel's on a file that holds the owner's process id. The kernel releases it when
/// the process ends, however it ends; the file stays.
///
/// Such a lock belongs to the process, and is gone as soon as the process closes any handle of the
/// file. So those held by this process are known by name, and their files are not opened again.
final class LockFile implements AutoCloseable {
  /// Guarded by the class.
  private static final Set<Path> HELD = new HashSet<>();

  private final Path key;
  private final FileChannel channel;

  private LockFile(Path key, FileChannel channel) {
    this.key = key;
    this.channel = channel;
  }

  static LockFile take(Path file) throws IOException {
    Path absolute = file.toAbsolutePath();
    Path folder = absolute.getParent();
    try {
      Path key = folder == null ? absolute : folder.toRealPath().resolve(absolute.getFileName());
      synchronized (LockFile.class) {
        if (HELD.contains(key)) {
          throw new LockedException(file + " is locked by this process already");
        }
        LockFile lock = new LockFile(key, take(file, key));
        HELD.add(key);
        return lock;
      }
    } catch (LockedException e) {
      throw e;
    } catch (IOException e) {
      throw Reasons.failed("lock", file, e);
    }
  }

  private static FileChannel take(Path file, Path key) throws IOException {
    FileChannel channel =
        FileChannel.open(
            key, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
    boolean taken = false;
    try {
      @Nullable FileLock lock = channel.tryLock();
      if (lock == null) {
        throw new LockedException(file + " is locked by " + owner(channel));
      }
      String pid = ProcessHandle.current().pid() + "\n";
      channel.truncate(0);
      channel.write(ByteBuffer.wrap(pid.getBytes(StandardCharsets.US_ASCII)), 0);
      taken = true;
      return channel;
    } finally {
      if (!taken) {
        channel.close();
      }
    }
  }

  private static String owner(FileChannel channel) {
    ByteBuffer content = ByteBuffer.allocate(20);
    try {
      channel.read(content, 0);
    } catch (IOException _) {
      return "another process";
    }
    String pid = new String(content.array(), 0, content.position(), StandardCharsets.US_ASCII);
    return pid.strip().matches("[0-9]+") ? "process " + pid.strip() : "another process";
  }

  @Override
  public void close() throws IOException {
    synchronized (LockFile.class) {
      HELD.remove(key);
      channel.close();
    }
  }
}

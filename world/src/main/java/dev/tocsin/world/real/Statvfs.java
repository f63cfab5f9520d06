package dev.tocsin.world.real;

import dev.tocsin.world.host.Host.FileSystemUse;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.StructLayout;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.VarHandle;
import java.nio.file.Path;

/// The C library's `statvfs` (POSIX `sys/statvfs.h`), with the layout of 64-bit Linux: glibc and
/// musl, x86_64 and aarch64 have the same fields at the same places.
final class Statvfs {
  private static final Linker LINKER = Linker.nativeLinker();
  private static final int ENOENT = 2;
  private static final int EACCES = 13;
  private static final int ENOTDIR = 20;

  /// `ST_RDONLY`.
  private static final long READ_ONLY = 1;

  private static final long FRAGMENT_SIZE = 8;
  private static final long BLOCKS = 16;
  private static final long BLOCKS_FREE = 24;
  private static final long BLOCKS_AVAILABLE = 32;
  private static final long FILES = 40;
  private static final long FILES_FREE = 48;
  private static final long FLAGS = 72;

  /// More than the 112 bytes it has.
  private static final long STRUCT_BYTES = 256;

  private static final StructLayout ERRNO = Linker.Option.captureStateLayout();
  private static final VarHandle ERRNO_VALUE =
      ERRNO.varHandle(MemoryLayout.PathElement.groupElement("errno"));
  private static final MethodHandle STATVFS = link();

  private Statvfs() {}

  // Restricted because a wrong signature crashes the process; the one below is the header's.
  @SuppressWarnings("restricted")
  private static MethodHandle link() {
    return LINKER.downcallHandle(
        LINKER.defaultLookup().findOrThrow("statvfs"),
        FunctionDescriptor.of(ValueLayout.JAVA_INT, ValueLayout.ADDRESS, ValueLayout.ADDRESS),
        Linker.Option.captureCallState("errno"));
  }

  static FileSystemUse read(Path mountPoint) throws IOException {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment name = arena.allocateFrom(mountPoint.toString());
      MemorySegment use = arena.allocate(STRUCT_BYTES, 8);
      MemorySegment errno = arena.allocate(ERRNO);
      if (call(errno, name, use) != 0) {
        int code = (int) ERRNO_VALUE.get(errno, 0L);
        throw new IOException("cannot read the use of " + mountPoint + ": " + reason(code));
      }
      long size = at(use, FRAGMENT_SIZE);
      return new FileSystemUse(
          at(use, BLOCKS) * size,
          at(use, BLOCKS_FREE) * size,
          at(use, BLOCKS_AVAILABLE) * size,
          at(use, FILES),
          at(use, FILES_FREE),
          (at(use, FLAGS) & READ_ONLY) != 0);
    }
  }

  private static long at(MemorySegment use, long offset) {
    return use.get(ValueLayout.JAVA_LONG, offset);
  }

  private static int call(MemorySegment errno, MemorySegment name, MemorySegment use) {
    try {
      return (int) STATVFS.invokeExact(errno, name, use);
    } catch (RuntimeException | Error e) {
      throw e;
    } catch (Throwable e) {
      throw new IllegalStateException(e);
    }
  }

  private static String reason(int errno) {
    return switch (errno) {
      case ENOENT -> "no such file or directory";
      case EACCES -> "permission denied";
      case ENOTDIR -> "it is not a directory";
      default -> "error " + errno;
    };
  }
}

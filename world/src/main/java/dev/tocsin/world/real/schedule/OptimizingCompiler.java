package dev.tocsin.world.real.schedule;

import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;

/// The threads of the virtual machine that compile hot methods once more, with all optimizations
/// (C2). A busy agent starts with seconds of that; at full right they would keep a processor from
/// the threads that samples and alerts wait for. Made nice (see [Niceness]), they work in the gaps.
final class OptimizingCompiler {
  private static final Path TASKS = Path.of("/proc/self/task");

  /// The name as the kernel keeps it, its first 15 characters.
  private static final String NAME = "C2 CompilerThre";

  private OptimizingCompiler() {}

  /// The compiler's threads that run now give way to others from now on, and so do those that they
  /// start. Where the system has no such list, or the machine no such compiler, nothing happens.
  static void yieldToOthers() {
    if (!Files.isDirectory(TASKS)) {
      return;
    }
    try (DirectoryStream<Path> tasks = Files.newDirectoryStream(TASKS)) {
      for (Path task : tasks) {
        if (name(task).equals(NAME)) {
          Niceness.yieldToOthers(Integer.parseInt(task.getFileName().toString()));
        }
      }
    } catch (IOException | DirectoryIteratorException e) {
      // Everything works without, only less smoothly.
    }
  }

  private static String name(Path task) {
    try {
      return Files.readString(task.resolve("comm")).strip();
    } catch (IOException e) {
      // It has ended meanwhile.
      return "";
    }
  }
}

package dev.tocsin.bench.peer;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// The checkout this runs from: the launcher, and what the launcher would run.
public final class ProjectTree {
  private ProjectTree() {}

  /// The project's folder: the system property `tocsin.root`, else the nearest folder above that
  /// holds the launcher.
  public static Path root() {
    String given = System.getProperty("tocsin.root", "");
    Path folder = Path.of(given.isEmpty() ? "." : given).toAbsolutePath().normalize();
    for (Path at = folder; at != null; at = at.getParent()) {
      if (Files.isExecutable(at.resolve("tocsin"))) {
        return at;
      }
    }
    throw new IllegalStateException("no launcher \"tocsin\" in or above " + folder);
  }

  static Path launcher() {
    return root().resolve("tocsin");
  }

  /// The java that runs this program.
  static Path java() {
    return Path.of(System.getProperty("java.home"), "bin", "java");
  }

  /// The file with the agent's shipped JVM options.
  public static Path agentOptions() {
    return root().resolve("apps/agent/jvm.options");
  }

  /// The shipped JVM options, one an entry.
  public static List<String> agentFlags() {
    try {
      return Files.readAllLines(agentOptions()).stream()
          .map(String::strip)
          .filter(line -> !line.isEmpty() && !line.startsWith("#"))
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// The command line that starts the program without the launcher, with the agent's options.
  static List<String> directCommand() {
    List<String> command = new ArrayList<>();
    command.add(java().toString());
    command.add("@" + agentOptions());
    command.add("-cp");
    command.add(root().resolve("apps/cli/target/lib") + "/*");
    command.add("dev.tocsin.cli.Main");
    return command;
  }

  /// Whether `apps/cli` has been packaged.
  public static boolean isBuilt() {
    return Files.isDirectory(root().resolve("apps/cli/target/lib"));
  }
}

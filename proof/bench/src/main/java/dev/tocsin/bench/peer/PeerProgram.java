package dev.tocsin.bench.peer;

import dev.tocsin.bench.process.ProcessRun;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Other projects' programs, as Debian names them. None has to be installed. The environment may
/// name another file: `TOCSIN_PROMETHEUS`, `TOCSIN_ALERTMANAGER` and so on.
public enum PeerProgram {
  PROMETHEUS("prometheus", "prometheus"),
  PROMTOOL("promtool", "prometheus"),
  ALERTMANAGER("prometheus-alertmanager", "prometheus-alertmanager"),
  NODE_EXPORTER("prometheus-node-exporter", "prometheus-node-exporter"),
  VICTORIA_METRICS("victoria-metrics", "victoria-metrics"),
  VMALERT("vmalert", "victoria-metrics"),
  VMAGENT("vmagent", "victoria-metrics");

  private final String command;
  private final String debianPackage;

  PeerProgram(String command, String debianPackage) {
    this.command = command;
    this.debianPackage = debianPackage;
  }

  /// The program, where the environment names it or it is on the PATH.
  public Optional<Path> path() {
    String named = System.getenv().getOrDefault("TOCSIN_" + name(), "");
    if (!named.isEmpty()) {
      return Optional.of(Path.of(named)).filter(Files::isExecutable);
    }
    String path = System.getenv().getOrDefault("PATH", "");
    for (String folder : path.split(File.pathSeparator, -1)) {
      Path file = Path.of(folder, command);
      if (!folder.isEmpty() && Files.isExecutable(file)) {
        return Optional.of(file);
      }
    }
    return Optional.empty();
  }

  public boolean isInstalled() {
    return path().isPresent();
  }

  /// What a skipped test says.
  public String howToInstall() {
    return command
        + " is not installed: apt install --no-install-recommends "
        + debianPackage
        + ", or name it by TOCSIN_"
        + name();
  }

  /// The program's path; throws [IllegalStateException] with [#howToInstall] where it is absent.
  String required() {
    return path().orElseThrow(() -> new IllegalStateException(howToInstall())).toString();
  }

  /// The first line of `--version`.
  public String version() {
    return version(Path.of(required()));
  }

  /// The same of a certain file.
  public static String version(Path program) {
    ProcessRun run =
        ProcessRun.start(Path.of("."), Map.of(), List.of(program.toString(), "--version"));
    int _ = run.awaitExit(Duration.ofSeconds(10));
    String first =
        run.log()
            .lines()
            .filter(line -> !line.isBlank())
            .findFirst()
            .orElse(program.getFileName().toString());
    return first.replaceAll(" \\(.*", "");
  }
}

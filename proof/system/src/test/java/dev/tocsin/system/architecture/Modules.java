package dev.tocsin.system.architecture;

import java.nio.file.Path;
import java.util.List;
import java.util.Set;

/// The modules as ARCHITECTURE.md lists them: folder, base package, and what each may use.
record Modules(String folder, String basePackage, Set<String> uses) {
  static final List<Modules> ALL =
      List.of(
          of("model", "dev.tocsin.model"),
          of("yaml", "dev.tocsin.yaml", "model"),
          of("promql", "dev.tocsin.promql", "model"),
          of("rules", "dev.tocsin.rules", "model", "promql", "yaml"),
          of("store", "dev.tocsin.store", "model"),
          of("engine", "dev.tocsin.engine", "model", "promql", "yaml", "rules", "store"),
          of("world", "dev.tocsin.world", "model"),
          of("pipeline", "dev.tocsin.pipeline", "model", "world"),
          of("collect", "dev.tocsin.collect", "model", "world", "pipeline"),
          of("deliver", "dev.tocsin.deliver", "model", "world", "pipeline"),
          of(
              "apps/agent",
              "dev.tocsin.agent",
              "model",
              "yaml",
              "promql",
              "rules",
              "store",
              "engine",
              "world",
              "pipeline",
              "collect",
              "deliver"),
          of(
              "apps/cli",
              "dev.tocsin.cli",
              "model",
              "yaml",
              "promql",
              "rules",
              "store",
              "engine",
              "world",
              "pipeline",
              "collect",
              "deliver",
              "apps/agent"),
          of("proof/sim", "dev.tocsin.sim", "model", "world"));

  private static Modules of(String folder, String basePackage, String... uses) {
    return new Modules(folder, basePackage, Set.of(uses));
  }

  /// The project's folder.
  static Path root() {
    return Path.of(System.getProperty("tocsin.root", "../..")).toAbsolutePath().normalize();
  }

  Path classes() {
    return root().resolve(folder).resolve("target/classes");
  }

  static Modules named(String folder) {
    return ALL.stream().filter(m -> m.folder.equals(folder)).findFirst().orElseThrow();
  }
}

package dev.tocsin.agent;

import dev.tocsin.agent.config.AgentConfig;
import dev.tocsin.agent.config.ConfigLoader;
import dev.tocsin.agent.config.ConfigLoader.Loaded;
import dev.tocsin.agent.config.SourceText;
import dev.tocsin.model.input.RuleSet.RuleText;
import dev.tocsin.model.problem.Problems;
import dev.tocsin.rules.file.RuleFileReader;
import dev.tocsin.world.disk.Disk;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/// Where the configuration comes from: the user's file, or what runs without one. Any thread.
record ConfigSource(AgentOptions options, Disk disk) {
  private static final String HOST_RULES = "host.yml";

  /// Reads and checks everything; what is returned may be run only where no problem was added.
  ///
  /// @param known rules that were checked before: they are not checked again
  Loaded read(List<RuleText> known, Problems problems) {
    Loaded loaded =
        options
            .config()
            .map(file -> new ConfigLoader(disk, options.features()).load(file, known, problems))
            .orElse(new Loaded(AgentConfig.DEFAULT, List.of(), options.features()));
    return loaded.config().ruleFiles().isEmpty()
        ? new Loaded(loaded.config(), List.of(hostRules(problems)), options.features())
        : loaded;
  }

  /// Reads the rule files again, each by itself.
  ///
  /// @param known the rule files that run
  List<SourceText> again(Loaded loaded, List<RuleText> known) {
    return options
        .config()
        .filter(_ -> !loaded.config().ruleFiles().isEmpty())
        .map(file -> new ConfigLoader(disk, options.features()).again(file, loaded.config(), known))
        .orElseGet(() -> known.stream().map(text -> SourceText.of(text, new Problems())).toList());
  }

  /// The bundled rules, also checked: they are as good as anybody's.
  private static RuleText hostRules(Problems problems) {
    try (InputStream in =
        ConfigSource.class.getResourceAsStream("/dev/tocsin/agent/rules/" + HOST_RULES)) {
      if (in == null) {
        throw new IllegalStateException("the program lacks its host rules");
      }
      String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
      RuleFileReader.read(HOST_RULES, text, problems);
      return new RuleText("bundled " + HOST_RULES, text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}

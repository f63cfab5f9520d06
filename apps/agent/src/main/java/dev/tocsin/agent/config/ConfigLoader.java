package dev.tocsin.agent.config;

import dev.tocsin.agent.config.AgentConfig.RulePattern;
import dev.tocsin.model.input.RuleSet;
import dev.tocsin.model.input.RuleSet.RuleText;
import dev.tocsin.model.problem.Problems;
import dev.tocsin.promql.feature.Features;
import dev.tocsin.rules.file.ReadOptions;
import dev.tocsin.rules.file.RuleFileReader;
import dev.tocsin.world.disk.Disk;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Brings a configuration in from disk: the file, and every rule file it names.
public final class ConfigLoader {
  /// Bytes of a configuration or rule file; a larger one is refused.
  public static final int FILE_BYTES_MAX = 16 << 20;

  private final Disk disk;
  private final Features features;

  /// @param features of the query language that rules may use
  public ConfigLoader(Disk disk, Features features) {
    this.disk = disk;
    this.features = features;
  }

  /// A configuration and the rules it names. May be run only where no problem was added.
  ///
  /// @param features of the query language that are on
  public record Loaded(AgentConfig config, List<RuleText> rules, Features features) {
    public Loaded {
      rules = List.copyOf(rules);
    }

    /// What the engine is told.
    public RuleSet ruleSet(String externalUrl) {
      GlobalConfig global = config.global();
      return new RuleSet(
          rules,
          global.external(),
          externalUrl,
          global.evaluationIntervalMs(),
          global.ruleQueryOffsetMs(),
          config.engine().settings(features.words()).withSettle(config.receive().settle()));
    }
  }

  /// @param file as the user named it; relative rule files are resolved against its folder
  public Loaded load(String file, Problems problems) {
    return load(file, List.of(), problems);
  }

  /// The same where some rules were checked before.
  ///
  /// @param known with the same features; a file that is among them is not checked again
  public Loaded load(String file, List<RuleText> known, Problems problems) {
    String text = read(file, problems);
    AgentConfig config = ConfigReader.read(file, text, problems);
    Path parent = Path.of(file).toAbsolutePath().getParent();
    Path folder = parent == null ? Path.of("/") : parent;
    List<RuleText> rules = new ArrayList<>();
    Map<String, RuleText> before = new HashMap<>();
    known.forEach(one -> before.put(one.name(), one));
    for (Path rule : ruleFiles(file, folder, config.ruleFiles(), problems)) {
      rules.add(rules(shown(file, folder, rule), before, problems));
    }
    return new Loaded(config, rules, features);
  }

  /// Reads the rule files again, each by itself: what is wrong with one says nothing of the others.
  ///
  /// @param file the configuration's
  /// @param known the rules that run; a file that is gone is a problem
  public List<SourceText> again(String file, AgentConfig config, List<RuleText> known) {
    Path parent = Path.of(file).toAbsolutePath().getParent();
    Path folder = parent == null ? Path.of("/") : parent;
    Map<String, RuleText> before = new LinkedHashMap<>();
    known.forEach(one -> before.put(one.name(), one));
    List<SourceText> all = new ArrayList<>();
    Set<String> found = new HashSet<>();
    for (Path rule : ruleFiles(file, folder, config.ruleFiles(), new Problems())) {
      String name = shown(file, folder, rule);
      Problems problems = new Problems();
      RuleText text = rules(name, before, problems);
      all.add(SourceText.of(text, problems));
      found.add(name);
    }
    for (RuleText gone : known) {
      if (!found.contains(gone.name())) {
        all.add(new SourceText(gone.name(), Optional.empty(), "does not exist any more"));
      }
    }
    return all;
  }

  private RuleText rules(String file, Map<String, RuleText> known, Problems problems) {
    int before = problems.count();
    String text = read(file, problems);
    RuleText same = known.get(file);
    if (same != null && same.content().equals(text)) {
      return same;
    }
    if (problems.count() == before) {
      ReadOptions options = ReadOptions.DEFAULT.withExpressions(features.parseOptions());
      RuleFileReader.read(file, text, options, problems);
    }
    return new RuleText(file, text);
  }

  /// Reads and checks one rule file.
  public RuleText rules(String file, Problems problems) {
    return rules(file, ReadOptions.DEFAULT.withExpressions(features.parseOptions()), problems);
  }

  /// The same, more or less strictly.
  public RuleText rules(String file, ReadOptions options, Problems problems) {
    int before = problems.count();
    String text = read(file, problems);
    if (problems.count() == before) {
      RuleFileReader.read(file, text, options, problems);
    }
    return new RuleText(file, text);
  }

  /// The rule files that a pattern names, relative to the folder of another file; not checked.
  public List<RuleText> matching(String besideFile, String pattern) throws IOException {
    Path parent = Path.of(besideFile).toAbsolutePath().getParent();
    Path folder = parent == null ? Path.of("/") : parent.normalize();
    List<RuleText> texts = new ArrayList<>();
    for (Path rule : new RulePatterns(disk).expand(folder, pattern)) {
      texts.add(new RuleText(shown(besideFile, folder, rule), text(rule)));
    }
    return texts;
  }

  private String text(Path file) throws IOException {
    String text = new String(disk.readAll(file, FILE_BYTES_MAX), StandardCharsets.UTF_8);
    return text.startsWith("\ufeff") ? text.substring(1) : text;
  }

  private Set<Path> ruleFiles(
      String file, Path folder, List<RulePattern> patterns, Problems problems) {
    RulePatterns expander = new RulePatterns(disk);
    Set<Path> files = new LinkedHashSet<>();
    for (RulePattern entry : patterns) {
      if (entry.isUrl()) {
        continue;
      }
      String wrong = "";
      try {
        List<Path> found = expander.expand(folder, entry.pattern());
        files.addAll(found);
        if (found.isEmpty() && !RulePatterns.isPattern(entry.pattern())) {
          wrong = "\"" + entry.pattern() + "\" does not exist";
        }
      } catch (IOException | RuntimeException e) {
        wrong = "\"" + entry.pattern() + "\" cannot be read: " + e.getMessage();
      }
      if (!wrong.isEmpty()) {
        problems.add(file, entry.line(), entry.column(), "rule_files", wrong, "");
      }
    }
    return files;
  }

  /// A rule file's name as the user would write it beside the configuration's.
  private static String shown(String file, Path folder, Path rule) {
    Path given = Path.of(file).getParent();
    if (!rule.startsWith(folder)) {
      return rule.toString();
    }
    Path relative = folder.relativize(rule);
    return given == null ? relative.toString() : given.resolve(relative).toString();
  }

  private String read(String file, Problems problems) {
    try {
      return text(Path.of(file));
    } catch (IOException e) {
      problems.add(file, 0, 0, "", "cannot be read: " + e.getMessage(), "");
      return "";
    }
  }
}

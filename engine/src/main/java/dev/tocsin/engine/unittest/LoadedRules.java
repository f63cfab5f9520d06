package dev.tocsin.engine.unittest;

import dev.tocsin.model.input.RuleSet.RuleText;
import dev.tocsin.model.problem.Problem;
import dev.tocsin.model.problem.Problems;
import dev.tocsin.rules.file.ReadOptions;
import dev.tocsin.rules.file.RuleFileReader;
import dev.tocsin.rules.file.RuleGroup;
import dev.tocsin.yaml.Node;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// The rules of a test file: the groups of all its rule files in the order of their evaluation.
///
/// @param groups as read, in the order of `texts`
/// @param texts for the engine, a group each
/// @param problems of the rule files; where there are some, nothing else may be used
/// @param warnings patterns that name no file
record LoadedRules(
    List<RuleGroup> groups, List<RuleText> texts, List<String> problems, List<String> warnings) {
  LoadedRules {
    groups = List.copyOf(groups);
    texts = List.copyOf(texts);
    problems = List.copyOf(problems);
    warnings = List.copyOf(warnings);
  }

  private record OneGroup(RuleGroup group, RuleText text) {}

  static LoadedRules of(TestFile file, RuleFiles files, UnitTestOptions options) {
    Map<String, RuleText> texts = new LinkedHashMap<>();
    List<String> warnings = new ArrayList<>();
    List<String> problems = new ArrayList<>();
    for (Node.Scalar pattern : file.ruleFiles()) {
      try {
        List<RuleText> found = files.matching(pattern.text());
        if (found.isEmpty()) {
          warnings.add("  WARNING: no file match pattern " + pattern.text());
        }
        found.forEach(text -> texts.put(text.name(), text));
      } catch (IOException e) {
        String message = "\"" + pattern.text() + "\" cannot be read: " + e.getMessage();
        problems.add(
            new Problem(file.name(), pattern.line(), pattern.column(), "rule_files", message, "")
                .toString());
      }
    }
    Problems found = new Problems();
    List<OneGroup> groups = new ArrayList<>();
    texts.values().forEach(text -> groups.addAll(groups(file, text, options, found)));
    found.list().forEach(problem -> problems.add(problem.toString()));
    sort(groups, file.groupOrder());
    return new LoadedRules(
        groups.stream().map(OneGroup::group).toList(),
        groups.stream().map(OneGroup::text).toList(),
        problems,
        warnings);
  }

  private static List<OneGroup> groups(
      TestFile file, RuleText text, UnitTestOptions options, Problems problems) {
    Problems own = new Problems();
    ReadOptions reading =
        new ReadOptions(false, options.unknownKeysIgnored(), options.features().parseOptions());
    List<RuleGroup> read = RuleFileReader.read(text.name(), text.content(), reading, own).groups();
    own.list().forEach(problems::add);
    List<OneGroup> groups = new ArrayList<>();
    if (own.isEmpty()) {
      List<RuleText> texts = GroupWriter.groups(text, file.evaluationIntervalMs());
      for (int i = 0; i < read.size(); i++) {
        groups.add(new OneGroup(read.get(i), texts.get(i)));
      }
    }
    return groups;
  }

  /// Those that the order does not name count as its first, as with promtool.
  private static void sort(List<OneGroup> groups, List<String> order) {
    Map<String, Integer> places = new HashMap<>();
    for (int i = 0; i < order.size(); i++) {
      places.put(order.get(i), i);
    }
    groups.sort(Comparator.comparingInt(one -> places.getOrDefault(one.group().name(), 0)));
  }
}

package dev.tocsin.engine;

import dev.tocsin.model.input.RuleSet;
import dev.tocsin.model.input.RuleSet.RuleText;
import dev.tocsin.model.problem.Problems;
import dev.tocsin.promql.feature.Features;
import dev.tocsin.rules.file.ReadOptions;
import dev.tocsin.rules.file.RuleFile;
import dev.tocsin.rules.file.RuleFileReader;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// The rule files that run, as they were read, so that a reload reads only those that changed.
/// Holds the files of one rule set and no more. Engine's thread.
final class ParsedFiles {
  private Map<RuleText, RuleFile> known = Map.of();

  /// Of the query language; with others a text may mean something else.
  private List<String> features = List.of();

  /// Reads a rule set, in its order; [#keep] is for the caller to say, once the set is taken.
  ///
  /// @param problems gets the mistakes
  Map<RuleText, RuleFile> read(RuleSet rules, Problems problems) {
    List<String> wanted = rules.settings().features();
    Map<RuleText, RuleFile> before = wanted.equals(features) ? known : Map.of();
    ReadOptions options = ReadOptions.DEFAULT.withExpressions(Features.of(wanted).parseOptions());
    Map<RuleText, RuleFile> read = new HashMap<>();
    for (RuleText file : rules.files()) {
      RuleFile same = before.get(file);
      read.put(
          file,
          same == null
              ? RuleFileReader.read(file.name(), file.content(), options, problems)
              : same);
    }
    return read;
  }

  /// These run from now on.
  void keep(RuleSet rules, Map<RuleText, RuleFile> read) {
    known = Map.copyOf(read);
    features = rules.settings().features();
  }
}

package dev.tocsin.rules.file;

import dev.tocsin.model.problem.Problem;
import java.util.List;

/// A rule file, read.
///
/// @param name as the user knows it
/// @param warnings what is odd in it but changes nothing, as a second YAML document
public record RuleFile(String name, List<RuleGroup> groups, List<Problem> warnings) {
  public RuleFile {
    groups = List.copyOf(groups);
    warnings = List.copyOf(warnings);
  }
}

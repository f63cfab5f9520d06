package dev.tocsin.bench.contract.script;

import java.util.List;

/// One rule of a file.
///
/// @param id the same in all versions of the rule
/// @param lines `key: value` in YAML
public record RuleText(int id, List<String> lines) {
  public RuleText {
    lines = List.copyOf(lines);
  }

  String yaml() {
    return "      - " + String.join("\n        ", lines) + "\n";
  }
}

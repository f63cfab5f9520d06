package dev.tocsin.bench.contract.script;

import java.util.List;
import java.util.stream.Collectors;

/// One group of a file.
///
/// @param settings `key: value` in YAML
public record GroupText(String name, List<String> settings, List<RuleText> rules) {
  public GroupText {
    settings = List.copyOf(settings);
    rules = List.copyOf(rules);
  }

  public GroupText withRules(List<RuleText> others) {
    return new GroupText(name, settings, others);
  }

  String yaml() {
    String head = "  - name: " + name + "\n";
    String more = settings.stream().map(line -> "    " + line + "\n").collect(Collectors.joining());
    String all = rules.stream().map(RuleText::yaml).collect(Collectors.joining());
    return head + more + "    rules:" + (rules.isEmpty() ? " []\n" : "\n" + all);
  }
}

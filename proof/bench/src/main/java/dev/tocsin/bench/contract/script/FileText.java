package dev.tocsin.bench.contract.script;

import java.util.List;
import java.util.stream.Collectors;

/// One rule file.
public record FileText(String name, List<GroupText> groups) {
  public FileText {
    groups = List.copyOf(groups);
  }

  public String yaml() {
    return "groups:"
        + (groups.isEmpty()
            ? " []\n"
            : "\n" + groups.stream().map(GroupText::yaml).collect(Collectors.joining()));
  }
}

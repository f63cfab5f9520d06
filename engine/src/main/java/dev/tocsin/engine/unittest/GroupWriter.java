package dev.tocsin.engine.unittest;

import dev.tocsin.model.input.RuleSet.RuleText;
import dev.tocsin.model.problem.Problems;
import dev.tocsin.model.text.PromDuration;
import dev.tocsin.yaml.Fields;
import dev.tocsin.yaml.Node;
import dev.tocsin.yaml.YamlReader;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/// Takes a rule file apart: one text for each group, with the interval of the test instead of its
/// own, and without keys that nobody knows. All that decides what a rule means is copied as it is.
final class GroupWriter {
  private static final Set<String> GROUP_KEYS =
      Set.of("name", "query_offset", "limit", "labels", "rules");

  private static final Set<String> RULE_KEYS =
      Set.of("record", "alert", "expr", "for", "keep_firing_for", "labels", "annotations");

  private final StringBuilder out = new StringBuilder();

  private GroupWriter() {}

  /// @param file was read before without a problem
  static List<RuleText> groups(RuleText file, long intervalMs) {
    Problems none = new Problems();
    Optional<YamlReader.Document> document = YamlReader.read(file.name(), file.content(), none);
    List<RuleText> texts = new ArrayList<>();
    if (document.isEmpty()) {
      return texts;
    }
    Fields root = Fields.of(file.name(), document.get().root(), "", none);
    boolean manifest = root.has("kind") && root.has("spec");
    Fields place = manifest ? root.mapping("spec").orElseThrow() : root;
    for (Node group : place.list("groups")) {
      String content = new GroupWriter().file(group, intervalMs);
      texts.add(new RuleText(file.name(), content));
    }
    return texts;
  }

  private String file(Node group, long intervalMs) {
    out.append("{\"groups\": [{\"interval\": \"").append(PromDuration.format(intervalMs));
    out.append('"');
    for (Node.Entry entry : entries(group)) {
      String key = entry.key().text();
      if (GROUP_KEYS.contains(key)) {
        out.append(",\n ");
        quoted(key);
        out.append(": ");
        if (key.equals("rules")) {
          rules(entry.value());
        } else {
          node(entry.value());
        }
      }
    }
    return out.append("}]}\n").toString();
  }

  private static List<Node.Entry> entries(Node node) {
    return node instanceof Node.Mapping mapping ? mapping.entries() : List.of();
  }

  private void rules(Node node) {
    if (!(node instanceof Node.Sequence sequence)) {
      node(node);
      return;
    }
    String between = "[";
    for (Node rule : sequence.items()) {
      out.append(between).append("\n  ");
      between = ",";
      List<Node.Entry> known =
          entries(rule).stream()
              .filter(entry -> RULE_KEYS.contains(entry.key().text()))
              .collect(Collectors.toList());
      mapping(known);
    }
    out.append(sequence.items().isEmpty() ? "[]" : "]");
  }

  private void node(Node node) {
    switch (node) {
      case Node.Scalar scalar when scalar.isNull() -> out.append("null");
      case Node.Scalar scalar -> quoted(scalar.text());
      case Node.Mapping mapping -> mapping(mapping.entries());
      case Node.Sequence sequence -> {
        out.append('[');
        sequence
            .items()
            .forEach(
                item -> {
                  node(item);
                  out.append(", ");
                });
        out.append(']');
      }
    }
  }

  private void mapping(List<Node.Entry> entries) {
    String between = "{";
    for (Node.Entry entry : entries) {
      out.append(between);
      between = ", ";
      quoted(entry.key().text());
      out.append(": ");
      node(entry.value());
    }
    out.append(entries.isEmpty() ? "{}" : "}");
  }

  /// In double quotes, as YAML has them; all but printable ASCII is escaped.
  private void quoted(String text) {
    out.append('"');
    text.codePoints()
        .forEach(
            c -> {
              if (c == '"' || c == '\\') {
                out.append('\\').append((char) c);
              } else if (c >= 0x20 && c < 0x7f) {
                out.append((char) c);
              } else {
                String hex = Integer.toHexString(c);
                out.append(c < 0x10000 ? "\\u" : "\\U");
                out.repeat('0', (c < 0x10000 ? 4 : 8) - hex.length()).append(hex);
              }
            });
    out.append('"');
  }
}

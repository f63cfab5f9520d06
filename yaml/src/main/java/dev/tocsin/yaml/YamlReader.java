package dev.tocsin.yaml;

import dev.tocsin.model.problem.Problems;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.common.ScalarStyle;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;

/// Reads the first document of a YAML text. Anchors, aliases and the merge key `<<` work as in Go's
/// YAML. Single use, not thread-safe.
public final class YamlReader {
  /// Characters of a text; a larger one is refused. A rule file of 40,000 lines has 1.5 million.
  static final int CHARACTERS_MAX = 64 << 20;

  /// Nodes after aliases are expanded; beyond it the text is refused (an alias bomb).
  static final int NODES_MAX = 4_000_000;

  /// Nesting; beyond it the text is refused (also an alias inside what it names).
  static final int DEPTH_MAX = 100;

  private final String file;
  private final Problems problems;
  private int nodes;
  private boolean tooMuch;

  private YamlReader(String file, Problems problems) {
    this.file = file;
    this.problems = problems;
  }

  /// A document, and whether another follows it in the same text.
  public record Document(Node root, boolean anotherFollows) {}

  /// The first document; empty where there is none, or where the text is not YAML, which is then
  /// among the problems.
  public static Optional<Document> read(String file, String text, Problems problems) {
    return new YamlReader(file, problems).document(text);
  }

  private Optional<Document> document(String text) {
    LoadSettings settings =
        LoadSettings.builder().setLabel(file).setCodePointLimit(CHARACTERS_MAX).build();
    try {
      Iterator<org.snakeyaml.engine.v2.nodes.Node> all =
          new Compose(settings).composeAllFromString(text).iterator();
      if (!all.hasNext()) {
        return Optional.empty();
      }
      Node root = convert(all.next(), 0);
      return tooMuch ? Optional.empty() : Optional.of(new Document(root, another(all)));
    } catch (MarkedYamlEngineException e) {
      Mark mark = e.getProblemMark().orElse(null);
      int line = mark == null ? 0 : mark.getLine() + 1;
      int column = mark == null ? 0 : mark.getColumn() + 1;
      problems.add(file, line, column, "", "not valid YAML: " + e.getProblem(), "");
    } catch (YamlEngineException e) {
      String message = String.valueOf(e.getMessage()).lines().findFirst().orElse("");
      problems.add(file, 0, 0, "", "not valid YAML: " + message, "");
    }
    return Optional.empty();
  }

  /// A second document is never read, so a mistake in it does not matter.
  private static boolean another(Iterator<?> all) {
    try {
      return all.hasNext();
    } catch (YamlEngineException e) {
      return true;
    }
  }

  private Node convert(org.snakeyaml.engine.v2.nodes.Node node, int depth) {
    int line = node.getStartMark().map(mark -> mark.getLine() + 1).orElse(0);
    int column = node.getStartMark().map(mark -> mark.getColumn() + 1).orElse(0);
    if (++nodes > NODES_MAX || depth > DEPTH_MAX) {
      if (!tooMuch) {
        String what = depth > DEPTH_MAX ? "nested deeper than " + DEPTH_MAX : "too many nodes";
        problems.add(file, line, column, "", "not accepted: " + what, "");
      }
      tooMuch = true;
    }
    if (tooMuch) {
      return new Node.Scalar("", false, line, column, line);
    }
    return switch (node) {
      case ScalarNode scalar -> scalar(scalar, line, column);
      case SequenceNode sequence -> {
        List<Node> items = new ArrayList<>(sequence.getValue().size());
        sequence.getValue().forEach(item -> items.add(convert(item, depth + 1)));
        yield new Node.Sequence(items, line, column);
      }
      case MappingNode mapping -> mapping(mapping, depth, line, column);
      default -> throw new YamlEngineException("unexpected " + node.getNodeType());
    };
  }

  private static Node.Scalar scalar(ScalarNode scalar, int line, int column) {
    ScalarStyle style = scalar.getScalarStyle();
    boolean block = style == ScalarStyle.LITERAL || style == ScalarStyle.FOLDED;
    boolean quoted = style != ScalarStyle.PLAIN;
    return new Node.Scalar(scalar.getValue(), quoted, line, column, block ? line + 1 : line);
  }

  private Node.Mapping mapping(MappingNode mapping, int depth, int line, int column) {
    List<Node.Entry> entries = new ArrayList<>(mapping.getValue().size());
    List<Node> merged = new ArrayList<>();
    Set<String> names = new HashSet<>();
    for (NodeTuple tuple : mapping.getValue()) {
      Node key = convert(tuple.getKeyNode(), depth + 1);
      Node value = convert(tuple.getValueNode(), depth + 1);
      if (!(key instanceof Node.Scalar name)) {
        problems.add(file, key.line(), key.column(), "", "a key must be a plain value", "");
      } else if (name.text().equals("<<") && !name.quoted()) {
        merged.add(value);
      } else if (!names.add(name.text())) {
        problems.add(file, name.line(), name.column(), name.text(), "the key is there twice", "");
      } else {
        entries.add(new Node.Entry(name, value));
      }
    }
    merged.forEach(source -> merge(source, names, entries));
    return new Node.Mapping(entries, line, column);
  }

  /// What a merge key brings in; keys that are there already win.
  private void merge(Node source, Set<String> names, List<Node.Entry> entries) {
    switch (source) {
      case Node.Mapping mapping -> {
        for (Node.Entry entry : mapping.entries()) {
          if (names.add(entry.key().text())) {
            entries.add(entry);
          }
        }
      }
      case Node.Sequence sequence -> sequence.items().forEach(item -> merge(item, names, entries));
      case Node.Scalar scalar ->
          problems.add(
              file, scalar.line(), scalar.column(), "<<", "only a mapping can be merged", "");
    }
  }
}

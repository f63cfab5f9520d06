package dev.tocsin.rules.file;

import dev.tocsin.model.problem.Problems;
import dev.tocsin.yaml.Fields;
import dev.tocsin.yaml.Node;
import dev.tocsin.yaml.YamlReader;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Where the pieces of the rules stand in their file. Only for a text that [RuleFileReader] had
/// nothing against: then groups and rules have the same numbers as there, from 0.
public final class RulePlaces {
  /// Line and column, from 1.
  public record Place(int line, int column) {}

  private final Source source;
  private final List<List<Node.Mapping>> groups = new ArrayList<>();

  private RulePlaces(String text) {
    this.source = new Source(text);
  }

  public static RulePlaces of(String fileName, String text) {
    RulePlaces places = new RulePlaces(text);
    Problems ignored = new Problems();
    Optional<YamlReader.Document> document = YamlReader.read(fileName, text, ignored);
    document.ifPresent(
        read -> {
          Fields root = Fields.of(fileName, read.root(), "", ignored);
          Fields holder =
              root.has("kind") && root.has("spec") ? root.mapping("spec").orElseThrow() : root;
          holder.mappings("groups").forEach(group -> places.groups.add(rules(group)));
        });
    return places;
  }

  private static List<Node.Mapping> rules(Fields group) {
    return group.list("rules").stream()
        .filter(Node.Mapping.class::isInstance)
        .map(Node.Mapping.class::cast)
        .toList();
  }

  /// Of the value of a key of a rule; of the rule itself where the key is not there.
  public Place of(int group, int rule, String key) {
    Node.Mapping mapping = groups.get(group).get(rule);
    Node at = value(mapping, key).orElse(mapping);
    return new Place(at.line(), at.column());
  }

  /// Of a character of a rule's expression, from 0.
  public Place inExpression(int group, int rule, int offset) {
    Node.Mapping mapping = groups.get(group).get(rule);
    if (value(mapping, "expr").orElse(mapping) instanceof Node.Scalar scalar) {
      Source.Place place = source.place(scalar, offset);
      return new Place(place.line(), place.column());
    }
    return of(group, rule, "expr");
  }

  /// Of a label of a rule; of the rule itself where the group gives it.
  public Place ofLabel(int group, int rule, String label) {
    Node.Mapping mapping = groups.get(group).get(rule);
    if (value(mapping, "labels").orElse(mapping) instanceof Node.Mapping labels
        && value(labels, label).isPresent()) {
      Node at = value(labels, label).get();
      return new Place(at.line(), at.column());
    }
    return new Place(mapping.line(), mapping.column());
  }

  private static Optional<Node> value(Node.Mapping mapping, String key) {
    return mapping.entries().stream()
        .filter(entry -> entry.key().text().equals(key))
        .map(Node.Entry::value)
        .findFirst();
  }
}

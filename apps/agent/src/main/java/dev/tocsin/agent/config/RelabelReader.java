package dev.tocsin.agent.config;

import dev.tocsin.deliver.relabel.RelabelAction;
import dev.tocsin.deliver.relabel.RelabelConfig;
import dev.tocsin.model.text.Suggestion;
import dev.tocsin.yaml.Fields;
import dev.tocsin.yaml.Node;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/// Reads one rule of a `relabel_configs` list.
final class RelabelReader {
  private static final RelabelConfig DEFAULT = RelabelConfig.DEFAULT;
  private static final List<String> ACTIONS =
      Arrays.stream(RelabelAction.values()).map(RelabelAction::word).toList();

  private RelabelReader() {}

  static RelabelConfig read(Fields fields) {
    List<String> sources = fields.texts("source_labels").stream().map(Node.Scalar::text).toList();
    RelabelConfig rule =
        new RelabelConfig(
            sources,
            fields.string("separator", DEFAULT.separator()),
            fields.string("target_label", DEFAULT.targetLabel()),
            fields.string("regex", DEFAULT.regex()),
            fields.integer("modulus", 0, 0, Long.MAX_VALUE),
            fields.string("replacement", DEFAULT.replacement()),
            action(fields));
    rule.mistakes().forEach(text -> fields.problem(fields.place(), fields.path(""), text, ""));
    fields.done();
    return rule;
  }

  private static RelabelAction action(Fields fields) {
    Optional<Node.Scalar> word = fields.scalar("action");
    if (word.isEmpty()) {
      return DEFAULT.action();
    }
    Optional<RelabelAction> action = RelabelAction.of(word.get().text());
    if (action.isEmpty()) {
      String text = word.get().text();
      String hint = Suggestion.didYouMean(text, ACTIONS);
      String known = hint.isEmpty() ? "known: " + String.join(", ", ACTIONS) : hint;
      String message = "\"" + text + "\" is not a relabel action";
      fields.problem(word.get(), fields.path("action"), message, known);
    }
    return action.orElse(DEFAULT.action());
  }
}

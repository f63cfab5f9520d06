package dev.tocsin.rules.template;

import dev.tocsin.rules.template.format.BoundedText;
import dev.tocsin.rules.template.parse.Node;
import dev.tocsin.rules.template.parse.Parsed;
import dev.tocsin.rules.template.value.GoValue;
import java.util.Optional;

/// One expansion: its data and what it has used up. Not thread-safe.
final class Run {
  /// Characters of the expanded text, and of every text on the way to it.
  static final int TEXT_MAX = 1 << 20;

  /// Nodes visited, plus one for every 64 characters given to a function.
  static final int STEPS_MAX = 1_000_000;

  /// Bodies, pipelines and templates within each other while they run.
  static final int DEPTH_MAX = 300;

  /// Rounds of a `range` over a number.
  static final long RANGE_MAX = 100_000;

  private final String name;
  private final String text;
  private final Parsed parsed;
  private final TemplateData data;
  private int steps;
  private int depth;

  Run(String name, String text, Parsed parsed, TemplateData data) {
    this.name = name;
    this.text = text;
    this.parsed = parsed;
    this.data = data;
  }

  String name() {
    return name;
  }

  String text() {
    return text;
  }

  TemplateData data() {
    return data;
  }

  Optional<Node.Body> defined(String template) {
    if (template.equals(name)) {
      return Optional.of(parsed.main());
    }
    return Optional.ofNullable(parsed.defined().get(template));
  }

  /// @throws CallFailure when all are used up
  void charge(long count) {
    steps = (int) Math.min((long) STEPS_MAX + 1, steps + count);
    if (steps > STEPS_MAX) {
      throw new CallFailure("the template takes more than " + STEPS_MAX + " steps");
    }
  }

  void descend() {
    if (++depth > DEPTH_MAX) {
      throw new CallFailure("exceeded maximum template depth (" + DEPTH_MAX + ")");
    }
  }

  void ascend() {
    depth--;
  }

  /// What the template of this name gives for this data.
  String expand(String template, Node.Body body, GoValue dot) {
    BoundedText out = new BoundedText(TEXT_MAX);
    new Executor(this, template, out).run(body, new Variables(dot));
    return out.toString();
  }
}

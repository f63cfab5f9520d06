package dev.tocsin.rules.template.parse;

import dev.tocsin.rules.template.value.GoValue;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/// The tree of a template. `toString` gives the source in Go's normal form, which error messages
/// quote.
public sealed interface Node {
  /// Offset into the text of the template, in characters.
  int at();

  /// What a template's body consists of.
  sealed interface Statement extends Node {}

  /// What a command consists of.
  sealed interface Operand extends Node {}

  record Body(int at, List<Statement> statements) implements Node {
    @Override
    public String toString() {
      return statements.stream().map(Object::toString).collect(Collectors.joining());
    }
  }

  record Text(int at, String text) implements Statement {
    @Override
    public String toString() {
      return text;
    }
  }

  /// A pipeline whose value is printed, unless it declares variables.
  record Action(int at, Pipeline pipeline) implements Statement {
    @Override
    public String toString() {
      return "{{" + pipeline + "}}";
    }
  }

  record If(int at, Pipeline condition, Body then, Optional<Body> otherwise) implements Statement {
    @Override
    public String toString() {
      return branch("if", condition, then, otherwise);
    }
  }

  record With(int at, Pipeline subject, Body then, Optional<Body> otherwise) implements Statement {
    @Override
    public String toString() {
      return branch("with", subject, then, otherwise);
    }
  }

  record Range(int at, Pipeline subject, Body each, Optional<Body> otherwise) implements Statement {
    @Override
    public String toString() {
      return branch("range", subject, each, otherwise);
    }
  }

  record Call(int at, String template, Optional<Pipeline> data) implements Statement {
    @Override
    public String toString() {
      String argument = data.map(pipeline -> " " + pipeline).orElse("");
      return "{{template " + Literals.quote(template) + argument + "}}";
    }
  }

  record Break(int at) implements Statement {
    @Override
    public String toString() {
      return "{{break}}";
    }
  }

  record Continue(int at) implements Statement {
    @Override
    public String toString() {
      return "{{continue}}";
    }
  }

  /// Commands, each getting the value of the one before as its last argument.
  ///
  /// @param variables what the value is given to, with their dollar signs; in `range` up to two
  /// @param assigns whether the variables exist already (`=`, not `:=`)
  record Pipeline(int at, List<String> variables, boolean assigns, List<Command> commands)
      implements Operand {
    @Override
    public String toString() {
      String names = String.join(", ", variables);
      String declaration = variables.isEmpty() ? "" : names + (assigns ? " = " : " := ");
      return declaration
          + commands.stream().map(Command::toString).collect(Collectors.joining(" | "));
    }
  }

  /// At least one operand.
  record Command(int at, List<Operand> operands) implements Node {
    @Override
    public String toString() {
      return operands.stream().map(Node::inCommand).collect(Collectors.joining(" "));
    }
  }

  record Function(int at, String name) implements Operand {
    @Override
    public String toString() {
      return name;
    }
  }

  record Dot(int at) implements Operand {
    @Override
    public String toString() {
      return ".";
    }
  }

  record NilLiteral(int at) implements Operand {
    @Override
    public String toString() {
      return "nil";
    }
  }

  /// Fields of the dot.
  record Field(int at, List<String> names) implements Operand {
    @Override
    public String toString() {
      return dotted(names);
    }
  }

  /// A variable, with its dollar sign, and fields of its value.
  record Variable(int at, String name, List<String> names) implements Operand {
    @Override
    public String toString() {
      return name + dotted(names);
    }
  }

  /// Fields of the value of a pipeline in parentheses or of a function.
  record Chain(int at, Operand subject, List<String> names) implements Operand {
    @Override
    public String toString() {
      return inCommand(subject) + dotted(names);
    }
  }

  /// A number, string, character or truth value.
  record Constant(int at, GoValue value, String source) implements Operand {
    @Override
    public String toString() {
      return source;
    }
  }

  private static String inCommand(Operand operand) {
    return operand instanceof Pipeline ? "(" + operand + ")" : operand.toString();
  }

  private static String dotted(List<String> names) {
    return names.stream().map(name -> "." + name).collect(Collectors.joining());
  }

  private static String branch(
      String keyword, Pipeline pipeline, Body then, Optional<Body> otherwise) {
    String alternative = otherwise.map(body -> "{{else}}" + body).orElse("");
    return "{{" + keyword + " " + pipeline + "}}" + then + alternative + "{{end}}";
  }
}

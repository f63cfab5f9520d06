package dev.tocsin.rules.template;

import dev.tocsin.model.histogram.FloatHistogram;
import dev.tocsin.model.labels.Labels;
import dev.tocsin.rules.template.format.TooLargeException;
import dev.tocsin.rules.template.parse.Node;
import dev.tocsin.rules.template.value.GoValue;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/// Computes pipelines, and knows where it is when something fails.
final class Evaluator {
  private final Run run;
  private final String template;
  private final Variables variables;

  /// What error messages quote: the node looked at last.
  private Node node = new Node.Text(0, "");

  Evaluator(Run run, String template, Variables variables) {
    this.run = run;
    this.template = template;
    this.variables = variables;
  }

  void at(Node newNode) {
    node = newNode;
  }

  TemplateException failure(String message) {
    return Failure.execution(run, template, node, message);
  }

  /// Gives failures inside their place.
  <T> T guarded(Supplier<T> work) {
    try {
      return work.get();
    } catch (CallFailure | TooLargeException e) {
      throw failure(String.valueOf(e.getMessage()));
    }
  }

  void guarded(Runnable work) {
    guarded(
        () -> {
          work.run();
          return node;
        });
  }

  GoValue pipeline(GoValue dot, Node.Pipeline pipeline) {
    at(pipeline);
    guarded(run::descend);
    Optional<GoValue> value = Optional.empty();
    for (Node.Command command : pipeline.commands()) {
      value = Optional.of(command(dot, command, value));
    }
    GoValue result = value.orElse(new GoValue.Nil());
    for (String name : pipeline.variables()) {
      if (pipeline.assigns()) {
        variables.assign(name, result);
      } else {
        variables.declare(name, result);
      }
    }
    run.ascend();
    return result;
  }

  /// @param piped the value of the command before, if there is one
  private GoValue command(GoValue dot, Node.Command command, Optional<GoValue> piped) {
    Node.Operand first = command.operands().getFirst();
    guarded(() -> run.charge(1));
    return switch (first) {
      case Node.Field field -> field(dot, field, command.operands(), piped);
      case Node.Chain chain -> chain(dot, chain, command.operands(), piped);
      case Node.Variable variable -> variable(dot, variable, command.operands(), piped);
      case Node.Function function -> function(dot, function, command, command.operands(), piped);
      case Node.Pipeline inner -> {
        refuseArguments(command.operands(), piped);
        yield pipeline(dot, inner);
      }
      case Node.Dot _ -> {
        at(first);
        refuseArguments(command.operands(), piped);
        yield dot;
      }
      case Node.NilLiteral _ -> {
        at(first);
        refuseArguments(command.operands(), piped);
        throw failure("nil is not a command");
      }
      case Node.Constant(_, GoValue value, _) -> {
        at(first);
        refuseArguments(command.operands(), piped);
        yield value;
      }
    };
  }

  private void refuseArguments(List<Node.Operand> operands, Optional<GoValue> piped) {
    if (operands.size() > 1 || piped.isPresent()) {
      throw failure("can't give argument to non-function " + shown(operands.getFirst()));
    }
  }

  private static String shown(Node.Operand operand) {
    return operand.toString();
  }

  private GoValue field(
      GoValue dot, Node.Field field, List<Node.Operand> operands, Optional<GoValue> piped) {
    at(field);
    return fields(dot, dot, field, field.names(), operands, piped);
  }

  private GoValue chain(
      GoValue dot, Node.Chain chain, List<Node.Operand> operands, Optional<GoValue> piped) {
    at(chain);
    GoValue subject = argument(dot, Type.ANY, chain.subject());
    return fields(dot, subject, chain, chain.names(), operands, piped);
  }

  private GoValue variable(
      GoValue dot, Node.Variable variable, List<Node.Operand> operands, Optional<GoValue> piped) {
    at(variable);
    GoValue value = variables.get(variable.name());
    if (variable.names().isEmpty()) {
      refuseArguments(operands, piped);
      return value;
    }
    return fields(dot, value, variable, variable.names(), operands, piped);
  }

  /// Fields of fields; the last one gets the arguments.
  private GoValue fields(
      GoValue dot,
      GoValue subject,
      Node whole,
      List<String> names,
      List<Node.Operand> operands,
      Optional<GoValue> piped) {
    GoValue value = subject;
    for (int i = 0; i < names.size(); i++) {
      String name = names.get(i);
      if (value instanceof GoValue.Nil) {
        if (i == 0) {
          return value;
        }
        throw failure("nil pointer evaluating interface {}." + name);
      }
      boolean isLast = i == names.size() - 1;
      value =
          fieldOf(
              dot,
              value,
              whole,
              name,
              isLast ? operands : List.of(),
              isLast ? piped : Optional.empty());
    }
    return value;
  }

  private GoValue fieldOf(
      GoValue dot,
      GoValue subject,
      Node whole,
      String name,
      List<Node.Operand> operands,
      Optional<GoValue> piped) {
    Optional<Function> method = Methods.of(subject, name);
    if (method.isPresent()) {
      return call(dot, method.get(), whole, name, operands, piped);
    }
    boolean hasArguments = operands.size() > 1 || piped.isPresent();
    boolean isMap = subject instanceof GoValue.LabelMap || subject instanceof GoValue.AnyMap;
    Optional<GoValue> value = property(subject, name);
    if (value.isEmpty()) {
      throw failure("can't evaluate field " + name + " in type " + subject.typeName());
    }
    if (hasArguments) {
      throw failure(
          isMap
              ? name + " is not a method but has arguments"
              : name + " has arguments but cannot be invoked as function");
    }
    return value.get();
  }

  private static Optional<GoValue> property(GoValue subject, String name) {
    return switch (subject) {
      case GoValue.Root root -> rootProperty(root, name);
      case GoValue.Histogram(var histogram) -> histogramProperty(histogram, name);
      case GoValue.Sample(Labels labels, GoValue value) ->
          switch (name) {
            case "Labels" -> Optional.of(new GoValue.LabelMap(labels));
            case "Value" -> Optional.of(value);
            default -> Optional.empty();
          };
      case GoValue.LabelMap(Labels labels) -> Optional.of(new GoValue.Str(labels.get(name)));
      case GoValue.AnyMap(Map<String, GoValue> entries) ->
          Optional.of(entries.getOrDefault(name, new GoValue.Nil()));
      case GoValue.Nil _,
          GoValue.Bool _,
          GoValue.Int _,
          GoValue.Real _,
          GoValue.Str _,
          GoValue.Html _,
          GoValue.Samples _,
          GoValue.Moment _,
          GoValue.Span _,
          GoValue.Month _,
          GoValue.Weekday _ ->
          Optional.empty();
    };
  }

  /// The fields that are numbers; the others are not known here.
  private static Optional<GoValue> histogramProperty(FloatHistogram histogram, String name) {
    return switch (name) {
      case "Count" -> Optional.of(new GoValue.Real(histogram.count()));
      case "Sum" -> Optional.of(new GoValue.Real(histogram.sum()));
      case "ZeroCount" -> Optional.of(new GoValue.Real(histogram.zeroCount()));
      case "ZeroThreshold" -> Optional.of(new GoValue.Real(histogram.zeroThreshold()));
      default -> Optional.empty();
    };
  }

  private static Optional<GoValue> rootProperty(GoValue.Root root, String name) {
    return switch (name) {
      case "Labels" -> Optional.of(new GoValue.LabelMap(root.labels()));
      case "ExternalLabels" -> Optional.of(new GoValue.LabelMap(root.externalLabels()));
      case "ExternalURL" -> Optional.of(new GoValue.Str(root.externalUrl()));
      case "Value" -> Optional.of(root.value());
      default -> Optional.empty();
    };
  }

  private GoValue function(
      GoValue dot,
      Node.Function function,
      Node whole,
      List<Node.Operand> operands,
      Optional<GoValue> piped) {
    at(function);
    Function called = Functions.get(function.name());
    return call(dot, called, whole, function.name(), operands, piped);
  }

  /// @param operands the function and its arguments; empty where there are none
  private GoValue call(
      GoValue dot,
      Function function,
      Node whole,
      String name,
      List<Node.Operand> operands,
      Optional<GoValue> piped) {
    List<Node.Operand> given = operands.isEmpty() ? operands : operands.subList(1, operands.size());
    checkCount(function, name, given.size() + (piped.isPresent() ? 1 : 0));
    // No method has such a name: methods begin with a capital.
    if (name.equals("and") || name.equals("or")) {
      return shortCircuit(dot, name.equals("or"), given, piped);
    }
    List<GoValue> arguments = new ArrayList<>();
    for (int i = 0; i < given.size(); i++) {
      arguments.add(argument(dot, function.type(i), given.get(i)));
    }
    piped.ifPresent(value -> arguments.add(fitting(value, function.type(given.size()))));
    try {
      run.charge(1 + arguments.stream().mapToLong(Evaluator::size).sum() / 64);
      return bounded(function.body().call(run, arguments));
    } catch (CallFailure | TooLargeException e) {
      at(whole);
      throw failure("error calling " + name + ": " + e.getMessage());
    }
  }

  private void checkCount(Function function, String name, int count) {
    String complaint = "wrong number of args for " + name + ": want ";
    if (function.variadic() && count < function.fixed()) {
      throw failure(complaint + "at least " + function.fixed() + " got " + count);
    }
    if (!function.variadic() && count != function.fixed()) {
      throw failure(complaint + function.fixed() + " got " + count);
    }
  }

  private GoValue shortCircuit(
      GoValue dot, boolean isOr, List<Node.Operand> given, Optional<GoValue> piped) {
    GoValue value = new GoValue.Nil();
    for (Node.Operand operand : given) {
      value = argument(dot, Type.ANY, operand);
      if (value.isTrue() == isOr) {
        return value;
      }
    }
    return piped.orElse(value);
  }

  private static long size(GoValue value) {
    return switch (value) {
      case GoValue.Str(String text) -> text.length();
      case GoValue.Html(String text) -> text.length();
      case GoValue.AnyMap(Map<String, GoValue> entries) -> 16L * entries.size();
      case GoValue.LabelMap(Labels labels) -> 64L * labels.size();
      case GoValue.Samples(List<GoValue.Sample> list) -> 64L * list.size();
      case GoValue.Nil _,
          GoValue.Bool _,
          GoValue.Int _,
          GoValue.Real _,
          GoValue.Sample _,
          GoValue.Root _,
          GoValue.Histogram _,
          GoValue.Moment _,
          GoValue.Span _,
          GoValue.Month _,
          GoValue.Weekday _ ->
          1;
    };
  }

  private static GoValue bounded(GoValue value) {
    if (value instanceof GoValue.Str(String text) && text.length() > Run.TEXT_MAX) {
      throw new TooLargeException(Run.TEXT_MAX);
    }
    return value;
  }

  private GoValue argument(GoValue dot, Type type, Node.Operand operand) {
    at(operand);
    return switch (operand) {
      case Node.Dot _ -> fitting(dot, type);
      case Node.NilLiteral _ -> {
        if (!type.takesNil()) {
          throw failure("cannot assign nil to " + type.goName());
        }
        yield new GoValue.Nil();
      }
      case Node.Field field -> fitting(field(dot, field, List.of(field), Optional.empty()), type);
      case Node.Variable variable ->
          fitting(variable(dot, variable, List.of(variable), Optional.empty()), type);
      case Node.Pipeline inner -> fitting(pipeline(dot, inner), type);
      case Node.Function function ->
          fitting(function(dot, function, function, List.of(), Optional.empty()), type);
      case Node.Chain chain -> fitting(chain(dot, chain, List.of(chain), Optional.empty()), type);
      case Node.Constant constant -> literal(constant, type);
    };
  }

  private GoValue literal(Node.Constant constant, Type type) {
    return switch (type) {
      case ANY -> constant.value();
      case STRING -> {
        if (!(constant.value() instanceof GoValue.Str)) {
          throw failure("expected string; found " + constant);
        }
        yield constant.value();
      }
      case INT -> GoValue.Int.of(integer(constant));
      case SPAN -> Methods.span(integer(constant));
      case SAMPLE, SAMPLES, MOMENT ->
          throw failure("can't handle " + constant + " for arg of type " + type.goName());
    };
  }

  private long integer(Node.Constant constant) {
    if (constant.value() instanceof GoValue.Int(long n, _)) {
      return n;
    }
    throw failure("expected integer; found " + constant);
  }

  private GoValue fitting(GoValue value, Type type) {
    if (value instanceof GoValue.Nil) {
      if (!type.takesNil()) {
        throw failure("invalid value; expected " + type.goName());
      }
      return value;
    }
    if (!type.takes(value)) {
      throw failure(
          "wrong type for value; expected " + type.goName() + "; got " + value.typeName());
    }
    return value;
  }
}

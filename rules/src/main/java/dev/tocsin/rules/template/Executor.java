package dev.tocsin.rules.template;

import dev.tocsin.rules.template.format.BoundedText;
import dev.tocsin.rules.template.parse.Node;
import dev.tocsin.rules.template.value.GoValue;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Walks the statements of one template. [Evaluator] computes the values.
final class Executor {
  /// How a statement ended.
  private enum Flow {
    NEXT,
    BREAK,
    CONTINUE
  }

  private final Run run;
  private final String template;
  private final BoundedText out;

  Executor(Run run, String template, BoundedText out) {
    this.run = run;
    this.template = template;
    this.out = out;
  }

  void run(Node.Body body, Variables variables) {
    new Walk(variables, new Evaluator(run, template, variables)).body(variables.get("$"), body);
  }

  /// One call of the template.
  private final class Walk {
    private final Variables variables;
    private final Evaluator evaluator;

    Walk(Variables variables, Evaluator evaluator) {
      this.variables = variables;
      this.evaluator = evaluator;
    }

    Flow body(GoValue dot, Node.Body body) {
      evaluator.at(body);
      evaluator.guarded(run::descend);
      int mark = variables.mark();
      Flow flow = Flow.NEXT;
      for (Node.Statement statement : body.statements()) {
        flow = statement(dot, statement);
        if (flow != Flow.NEXT) {
          break;
        }
      }
      variables.backTo(mark);
      run.ascend();
      return flow;
    }

    private Flow statement(GoValue dot, Node.Statement statement) {
      evaluator.at(statement);
      evaluator.guarded(() -> run.charge(1));
      return switch (statement) {
        case Node.Text(_, String text) -> {
          print(text);
          yield Flow.NEXT;
        }
        case Node.Action(_, Node.Pipeline pipeline) -> {
          action(dot, statement, pipeline);
          yield Flow.NEXT;
        }
        case Node.If(_, Node.Pipeline condition, Node.Body then, Optional<Node.Body> otherwise) ->
            branch(dot, condition, then, otherwise, false);
        case Node.With(_, Node.Pipeline subject, Node.Body then, Optional<Node.Body> otherwise) ->
            branch(dot, subject, then, otherwise, true);
        case Node.Range range -> {
          int mark = variables.mark();
          Flow flow = range(dot, range);
          variables.backTo(mark);
          yield flow;
        }
        case Node.Call call -> {
          call(dot, call);
          yield Flow.NEXT;
        }
        case Node.Break _ -> Flow.BREAK;
        case Node.Continue _ -> Flow.CONTINUE;
      };
    }

    private void action(GoValue dot, Node node, Node.Pipeline pipeline) {
      // Variables of an action live on after it, up to the end of the body.
      GoValue value = evaluator.pipeline(dot, pipeline);
      if (pipeline.variables().isEmpty()) {
        evaluator.at(node);
        print(evaluator.guarded(() -> Printable.text(value)));
      }
    }

    private void print(String text) {
      evaluator.guarded(() -> out.append(text));
    }

    private Flow branch(
        GoValue dot,
        Node.Pipeline pipeline,
        Node.Body then,
        Optional<Node.Body> otherwise,
        boolean movesDot) {
      int mark = variables.mark();
      GoValue value = evaluator.pipeline(dot, pipeline);
      Flow flow = Flow.NEXT;
      if (value.isTrue()) {
        flow = body(movesDot ? value : dot, then);
      } else if (otherwise.isPresent()) {
        flow = body(dot, otherwise.get());
      }
      variables.backTo(mark);
      return flow;
    }

    private Flow range(GoValue dot, Node.Range range) {
      GoValue subject = evaluator.pipeline(dot, range.subject());
      int rounds = 0;
      switch (subject) {
        case GoValue.Samples(List<GoValue.Sample> list) -> {
          for (GoValue element : list) {
            if (round(range, GoValue.Int.of(rounds++), element) == Flow.BREAK) {
              break;
            }
          }
        }
        case GoValue.LabelMap(var labels) -> {
          for (Map.Entry<String, String> entry : labels.toMap().entrySet()) {
            rounds++;
            GoValue key = new GoValue.Str(entry.getKey());
            if (round(range, key, new GoValue.Str(entry.getValue())) == Flow.BREAK) {
              break;
            }
          }
        }
        case GoValue.AnyMap(Map<String, GoValue> entries) -> {
          for (Map.Entry<String, GoValue> entry : entries.entrySet()) {
            rounds++;
            if (round(range, new GoValue.Str(entry.getKey()), entry.getValue()) == Flow.BREAK) {
              break;
            }
          }
        }
        case GoValue.Int(long count, _) -> rounds = rangeOver(range, count);
        case GoValue.Nil _ -> {}
        case GoValue.Bool _,
            GoValue.Real _,
            GoValue.Str _,
            GoValue.Html _,
            GoValue.Sample _,
            GoValue.Root _,
            GoValue.Histogram _,
            GoValue.Moment _,
            GoValue.Span _,
            GoValue.Month _,
            GoValue.Weekday _ ->
            throw evaluator.failure("range can't iterate over " + Printable.text(subject));
      }
      return rounds == 0 && range.otherwise().isPresent()
          ? body(dot, range.otherwise().get())
          : Flow.NEXT;
    }

    private int rangeOver(Node.Range range, long count) {
      if (count > Run.RANGE_MAX) {
        throw evaluator.failure("range over " + count + ": the limit is " + Run.RANGE_MAX);
      }
      for (int i = 0; i < count; i++) {
        GoValue index = GoValue.Int.of(i);
        if (round(range, index, index) == Flow.BREAK) {
          break;
        }
      }
      return (int) Math.max(0, count);
    }

    private Flow round(Node.Range range, GoValue key, GoValue element) {
      List<String> names = range.subject().variables();
      int last = names.size() - 1;
      if (range.subject().assigns()) {
        variables.assign(names.get(last), element);
        if (last > 0) {
          variables.assign(names.getFirst(), key);
        }
      } else if (last >= 0) {
        variables.setFromTop(1, element);
        if (last > 0) {
          variables.setFromTop(2, key);
        }
      }
      return body(element, range.each());
    }

    private void call(GoValue dot, Node.Call call) {
      String called = call.template();
      Optional<Node.Body> body = run.defined(called);
      if (body.isEmpty()) {
        throw evaluator.failure("template \"" + called + "\" not defined");
      }
      GoValue data =
          call.data().map(pipeline -> evaluator.pipeline(dot, pipeline)).orElse(new GoValue.Nil());
      evaluator.at(call);
      evaluator.guarded(run::descend);
      new Executor(run, called, out).run(body.get(), new Variables(data));
      run.ascend();
    }
  }
}

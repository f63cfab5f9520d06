package dev.tocsin.rules.template.parse;

import dev.tocsin.rules.template.parse.Token.Kind;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Reads the statements of a template: text, actions, control, definitions. Pipelines are read by
/// [PipelineParser].
public final class Parser {
  /// Bodies within bodies. Deeper ones are refused, so that no text can exhaust the stack.
  public static final int NESTING_MAX = 100;

  private final TokenReader tokens;
  private final PipelineParser pipelines;
  private final Map<String, Node.Body> defined = new LinkedHashMap<>();
  private int nesting;
  private int rangeDepth;

  private Parser(TokenReader tokens, PipelineParser pipelines) {
    this.tokens = tokens;
    this.pipelines = pipelines;
  }

  /// Parses a template.
  ///
  /// @param functions the names of all there are
  /// @param variables that exist before the first action, with their dollar signs; not visible in
  ///   `define` and `block`, which see `$` only
  /// @throws SyntaxError at the first mistake
  public static Parsed parse(
      String name, String text, Set<String> functions, List<String> variables) {
    TokenReader tokens = new TokenReader(name, text);
    Scope scope = new Scope(variables);
    return new Parser(tokens, new PipelineParser(tokens, functions, scope)).parse();
  }

  private Parsed parse() {
    List<Node.Statement> statements = new ArrayList<>();
    while (!tokens.peek().is(Kind.END_OF_TEXT)) {
      int mark = tokens.mark();
      if (tokens.next().is(Kind.LEFT_DELIMITER)) {
        if (tokens.nextNonSpace().isKeyword("define")) {
          definition();
          continue;
        }
      }
      tokens.backTo(mark);
      Item item = textOrAction();
      switch (item) {
        case Item.Of(Node.Statement statement) -> statements.add(statement);
        case Item.End end -> throw tokens.error("unexpected {{end}}", end.token());
        case Item.Else otherwise -> throw tokens.error("unexpected {{else}}", otherwise.token());
      }
    }
    return new Parsed(new Node.Body(0, List.copyOf(statements)), Map.copyOf(defined));
  }

  /// What stands between delimiters, or text.
  private sealed interface Item {
    record Of(Node.Statement statement) implements Item {}

    record End(Token token) implements Item {}

    /// With `if` or `with` still to be read, where one follows in the same action.
    record Else(Token token, boolean continues) implements Item {}
  }

  private record BodyAndEnd(Node.Body body, Item end) {}

  private void definition() {
    String context = "define clause";
    String name = templateName(context);
    tokens.expect(Kind.RIGHT_DELIMITER, context);
    Node.Body body = ownScope(context);
    define(name, body);
  }

  /// A body that sees no variable but `$`, up to its `end`.
  private Node.Body ownScope(String context) {
    List<String> outer = pipelines.scope().replace(List.of());
    int outerRange = rangeDepth;
    rangeDepth = 0;
    BodyAndEnd read = body();
    pipelines.scope().replace(outer);
    rangeDepth = outerRange;
    if (read.end() instanceof Item.Else otherwise) {
      throw tokens.error("unexpected {{else}} in " + context, otherwise.token());
    }
    return read.body();
  }

  private void define(String name, Node.Body body) {
    Node.Body before = defined.get(name);
    if (before == null || isEmpty(before)) {
      defined.put(name, body);
    } else if (!isEmpty(body)) {
      throw new SyntaxError(
          "template: multiple definition of template " + Literals.quote(name), body.at());
    }
  }

  private static boolean isEmpty(Node.Body body) {
    return body.statements().stream()
        .allMatch(statement -> statement instanceof Node.Text(_, String t) && t.isBlank());
  }

  private String templateName(String context) {
    Token token = tokens.nextNonSpace();
    if (!token.is(Kind.STRING) && !token.is(Kind.RAW_STRING)) {
      throw tokens.unexpected(token, context);
    }
    return Literals.unquote(token.text()).orElseThrow(() -> tokens.error("invalid syntax", token));
  }

  private BodyAndEnd body() {
    Token first = tokens.peek();
    if (++nesting > NESTING_MAX) {
      throw tokens.error("actions are nested deeper than " + NESTING_MAX, first);
    }
    List<Node.Statement> statements = new ArrayList<>();
    while (!tokens.peekNonSpace().is(Kind.END_OF_TEXT)) {
      Item item = textOrAction();
      if (item instanceof Item.Of(Node.Statement statement)) {
        statements.add(statement);
      } else {
        nesting--;
        return new BodyAndEnd(new Node.Body(first.at(), List.copyOf(statements)), item);
      }
    }
    throw tokens.error("unexpected EOF", tokens.peek());
  }

  private Item textOrAction() {
    Token token = tokens.nextNonSpace();
    if (token.is(Kind.TEXT)) {
      return new Item.Of(new Node.Text(token.at(), token.text()));
    }
    if (!token.is(Kind.LEFT_DELIMITER)) {
      throw tokens.unexpected(token, "input");
    }
    tokens.beginAction(token);
    Item item = action();
    tokens.endAction();
    return item;
  }

  private Item action() {
    Token token = tokens.peekNonSpace();
    if (!token.is(Kind.KEYWORD)) {
      Node.Pipeline pipeline = pipelines.pipeline("command", Kind.RIGHT_DELIMITER);
      return new Item.Of(new Node.Action(token.at(), pipeline));
    }
    if (token.isKeyword("define")) {
      throw tokens.unexpected(token, "command");
    }
    tokens.next();
    if (token.isKeyword("else")) {
      return otherwise(token);
    }
    if (token.isKeyword("end")) {
      tokens.expect(Kind.RIGHT_DELIMITER, "end");
      return new Item.End(token);
    }
    return new Item.Of(statement(token));
  }

  private Item otherwise(Token token) {
    Token after = tokens.peekNonSpace();
    if (after.isKeyword("if") || after.isKeyword("with")) {
      return new Item.Else(token, true);
    }
    tokens.expect(Kind.RIGHT_DELIMITER, "else");
    return new Item.Else(token, false);
  }

  private Node.Statement statement(Token keyword) {
    return switch (keyword.text()) {
      case "if", "with", "range" -> control(keyword);
      case "template" -> call();
      case "block" -> block();
      case "break", "continue" -> jump(keyword);
      default -> throw tokens.unexpected(keyword, "command");
    };
  }

  private Node.Statement jump(Token keyword) {
    String shown = "{{" + keyword.text() + "}}";
    Token token = tokens.nextNonSpace();
    if (!token.is(Kind.RIGHT_DELIMITER)) {
      throw tokens.unexpected(token, shown);
    }
    if (rangeDepth == 0) {
      throw tokens.error(shown + " outside {{range}}", keyword);
    }
    return keyword.text().equals("break")
        ? new Node.Break(keyword.at())
        : new Node.Continue(keyword.at());
  }

  private Node.Statement control(Token keyword) {
    boolean isRange = keyword.text().equals("range");
    int variables = pipelines.scope().mark();
    Node.Pipeline pipeline = pipelines.pipeline(keyword.text(), Kind.RIGHT_DELIMITER);
    rangeDepth += isRange ? 1 : 0;
    BodyAndEnd then = body();
    rangeDepth -= isRange ? 1 : 0;
    Optional<Node.Body> otherwise = alternative(keyword, then.end());
    pipelines.scope().backTo(variables);
    int at = pipeline.at();
    return switch (keyword.text()) {
      case "if" -> new Node.If(at, pipeline, then.body(), otherwise);
      case "with" -> new Node.With(at, pipeline, then.body(), otherwise);
      default -> new Node.Range(at, pipeline, then.body(), otherwise);
    };
  }

  private Optional<Node.Body> alternative(Token keyword, Item end) {
    if (!(end instanceof Item.Else otherwise)) {
      return Optional.empty();
    }
    if (otherwise.continues()) {
      Token next = tokens.nextNonSpace();
      if (!next.isKeyword(keyword.text())) {
        throw tokens.unexpected(next, "else");
      }
      if (++nesting > NESTING_MAX) {
        throw tokens.error("actions are nested deeper than " + NESTING_MAX, next);
      }
      Node.Statement chained = control(next);
      nesting--;
      return Optional.of(new Node.Body(next.at(), List.of(chained)));
    }
    BodyAndEnd read = body();
    if (read.end() instanceof Item.Else again) {
      throw tokens.error("expected end; found {{else}}", again.token());
    }
    return Optional.of(read.body());
  }

  private Node.Statement call() {
    String context = "template clause";
    int at = tokens.peekNonSpace().at();
    String name = templateName(context);
    return new Node.Call(at, name, callData(context));
  }

  private Optional<Node.Pipeline> callData(String context) {
    if (tokens.peekNonSpace().is(Kind.RIGHT_DELIMITER)) {
      tokens.next();
      return Optional.empty();
    }
    return Optional.of(pipelines.pipeline(context, Kind.RIGHT_DELIMITER));
  }

  private Node.Statement block() {
    String context = "block clause";
    int at = tokens.peekNonSpace().at();
    String name = templateName(context);
    Node.Pipeline data = pipelines.pipeline(context, Kind.RIGHT_DELIMITER);
    define(name, ownScope(context));
    return new Node.Call(at, name, Optional.of(data));
  }
}

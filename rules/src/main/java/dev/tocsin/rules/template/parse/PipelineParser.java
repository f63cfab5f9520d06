package dev.tocsin.rules.template.parse;

import dev.tocsin.rules.template.parse.Token.Kind;
import dev.tocsin.rules.template.value.GoValue;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Reads what stands in an action: declarations, commands, operands.
final class PipelineParser {
  /// Parentheses within parentheses.
  private static final int PARENTHESES_MAX = 100;

  private final TokenReader tokens;
  private final Set<String> functions;
  private final Scope scope;
  private int parentheses;

  PipelineParser(TokenReader tokens, Set<String> functions, Scope scope) {
    this.tokens = tokens;
    this.functions = functions;
    this.scope = scope;
  }

  Scope scope() {
    return scope;
  }

  Node.Pipeline pipeline(String context, Kind end) {
    int at = tokens.peekNonSpace().at();
    List<String> variables = new ArrayList<>();
    boolean assigns = declarations(context, variables);
    List<Node.Command> commands = new ArrayList<>();
    while (true) {
      Token token = tokens.peekNonSpace();
      switch (token.kind()) {
        case RIGHT_DELIMITER, RIGHT_PAREN -> {
          if (!token.is(end)) {
            throw tokens.unexpected(token, context);
          }
          tokens.next();
          check(commands, context, token);
          return new Node.Pipeline(at, List.copyOf(variables), assigns, List.copyOf(commands));
        }
        case BOOL,
            CHAR_CONSTANT,
            DOT,
            FIELD,
            IDENTIFIER,
            NUMBER,
            NIL,
            RAW_STRING,
            STRING,
            VARIABLE,
            LEFT_PAREN ->
            commands.add(command());
        case TEXT, LEFT_DELIMITER, SPACE, ASSIGN, DECLARE, PIPE, CHARACTER, KEYWORD, END_OF_TEXT ->
            throw tokens.unexpected(token, context);
      }
    }
  }

  /// Reads `$x :=`, `$x =`, and in a range `$i, $x :=`. Whether it is an assignment.
  private boolean declarations(String context, List<String> variables) {
    boolean inRange = context.equals("range");
    while (tokens.peekNonSpace().is(Kind.VARIABLE)) {
      int mark = tokens.mark();
      Token variable = tokens.next();
      Token next = tokens.peekNonSpace();
      if (next.is(Kind.ASSIGN) || next.is(Kind.DECLARE)) {
        tokens.next();
        variables.add(variable.text());
        return declared(variable, variables, next.is(Kind.ASSIGN));
      }
      boolean isComma = next.is(Kind.CHARACTER) && next.text().equals(",");
      if (!isComma) {
        tokens.backTo(mark);
        return false;
      }
      tokens.next();
      variables.add(variable.text());
      if (!inRange || variables.size() > 1) {
        throw tokens.error("too many declarations in " + context, next);
      }
      Token second = tokens.peekNonSpace();
      if (!second.is(Kind.VARIABLE)) {
        throw tokens.error("range can only initialize variables", second);
      }
    }
    return false;
  }

  private boolean declared(Token last, List<String> variables, boolean assigns) {
    for (String name : variables) {
      if (assigns && !scope.has(name)) {
        throw tokens.error("undefined variable " + Literals.quote(name), last);
      }
      if (!assigns) {
        scope.declare(name);
      }
    }
    return assigns;
  }

  private void check(List<Node.Command> commands, String context, Token end) {
    if (commands.isEmpty()) {
      throw tokens.error("missing value for " + context, end);
    }
    for (int i = 1; i < commands.size(); i++) {
      switch (commands.get(i).operands().getFirst()) {
        case Node.Dot _, Node.NilLiteral _, Node.Constant _ ->
            throw tokens.error("non executable command in pipeline stage " + (i + 1), end);
        case Node.Pipeline _, Node.Function _, Node.Field _, Node.Variable _, Node.Chain _ -> {}
      }
    }
  }

  private Node.Command command() {
    Token first = tokens.peekNonSpace();
    List<Node.Operand> operands = new ArrayList<>();
    while (true) {
      tokens.peekNonSpace();
      operand().ifPresent(operands::add);
      Token token = tokens.peek();
      switch (token.kind()) {
        case SPACE -> tokens.next();
        case RIGHT_DELIMITER, RIGHT_PAREN -> {
          return finished(first, operands);
        }
        case PIPE -> {
          tokens.next();
          return finished(first, operands);
        }
        default -> throw tokens.unexpected(token, "operand");
      }
    }
  }

  private Node.Command finished(Token first, List<Node.Operand> operands) {
    if (operands.isEmpty()) {
      throw tokens.error("empty command", first);
    }
    return new Node.Command(first.at(), List.copyOf(operands));
  }

  private Optional<Node.Operand> operand() {
    Optional<Node.Operand> read = term();
    if (read.isEmpty() || !tokens.peek().is(Kind.FIELD)) {
      return read;
    }
    Token firstField = tokens.peek();
    List<String> names = new ArrayList<>();
    while (tokens.peek().is(Kind.FIELD)) {
      names.add(tokens.next().text().substring(1));
    }
    return Optional.of(
        switch (read.get()) {
          // Go places the whole at its second part; error messages show it.
          case Node.Field(_, List<String> before) ->
              new Node.Field(firstField.at(), joined(before, names));
          case Node.Variable(_, String name, List<String> before) ->
              new Node.Variable(firstField.at(), name, joined(before, names));
          case Node.Constant _, Node.NilLiteral _, Node.Dot _ ->
              throw tokens.error(
                  "unexpected . after term " + Literals.quote(read.get().toString()), firstField);
          case Node.Pipeline pipeline -> new Node.Chain(firstField.at(), pipeline, names);
          case Node.Function function -> new Node.Chain(firstField.at(), function, names);
          case Node.Chain(int at, Node.Operand subject, List<String> before) ->
              new Node.Chain(at, subject, joined(before, names));
        });
  }

  private static List<String> joined(List<String> first, List<String> second) {
    List<String> all = new ArrayList<>(first);
    all.addAll(second);
    return List.copyOf(all);
  }

  /// Empty where something else follows than an operand.
  private Optional<Node.Operand> term() {
    Token token = tokens.peekNonSpace();
    int at = token.at();
    String text = token.text();
    Node.Operand operand =
        switch (token.kind()) {
          case IDENTIFIER -> function(token);
          case DOT -> new Node.Dot(at);
          case NIL -> new Node.NilLiteral(at);
          case VARIABLE -> variable(token);
          case FIELD -> new Node.Field(at, List.of(text.substring(1)));
          case BOOL -> new Node.Constant(at, new GoValue.Bool(text.equals("true")), text);
          case CHAR_CONSTANT -> new Node.Constant(at, Numbers.character(text, at), text);
          case NUMBER -> new Node.Constant(at, Numbers.parse(text, at), text);
          case STRING, RAW_STRING -> new Node.Constant(at, string(token), text);
          case LEFT_PAREN -> {
            tokens.next();
            yield parenthesized(token);
          }
          case TEXT,
              LEFT_DELIMITER,
              RIGHT_DELIMITER,
              SPACE,
              ASSIGN,
              DECLARE,
              PIPE,
              RIGHT_PAREN,
              CHARACTER,
              KEYWORD,
              END_OF_TEXT ->
              null;
        };
    if (operand != null && !token.is(Kind.LEFT_PAREN)) {
      tokens.next();
    }
    return Optional.ofNullable(operand);
  }

  private Node.Operand parenthesized(Token open) {
    if (++parentheses > PARENTHESES_MAX) {
      throw tokens.error("parentheses are nested deeper than " + PARENTHESES_MAX, open);
    }
    Node.Pipeline pipeline = pipeline("parenthesized pipeline", Kind.RIGHT_PAREN);
    parentheses--;
    return pipeline;
  }

  private Node.Operand function(Token token) {
    if (!functions.contains(token.text())) {
      throw tokens.error("function " + Literals.quote(token.text()) + " not defined", token);
    }
    return new Node.Function(token.at(), token.text());
  }

  private Node.Operand variable(Token token) {
    String name = token.text();
    if (!scope.has(name)) {
      throw tokens.error("undefined variable " + Literals.quote(name), token);
    }
    return new Node.Variable(token.at(), name, List.of());
  }

  private GoValue string(Token token) {
    return new GoValue.Str(
        Literals.unquote(token.text()).orElseThrow(() -> tokens.error("invalid syntax", token)));
  }
}

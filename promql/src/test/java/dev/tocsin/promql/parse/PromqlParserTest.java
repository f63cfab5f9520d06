package dev.tocsin.promql.parse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tocsin.promql.ast.BinaryOp;
import dev.tocsin.promql.ast.DurationExpr;
import dev.tocsin.promql.ast.Expr;
import dev.tocsin.promql.ast.Function;
import dev.tocsin.promql.ast.Span;
import dev.tocsin.promql.ast.TimeModifier;
import dev.tocsin.promql.ast.ValueType;
import dev.tocsin.promql.ast.VectorMatching;
import dev.tocsin.promql.data.Matcher;
import dev.tocsin.promql.print.Printer;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PromqlParserTest {
  private static Expr parse(String text) {
    return PromqlParser.parse(text, ParseOptions.ALL);
  }

  private static Expr.Binary binary(String text) {
    return (Expr.Binary) parse(text);
  }

  /// With all the parentheses that precedence makes superfluous.
  private static String grouped(Expr expr) {
    return switch (expr) {
      case Expr.Binary(var op, var left, var right, var _, var _, var _) ->
          "(" + grouped(left) + " " + op.sign() + " " + grouped(right) + ")";
      case Expr.Unary(var minus, var inner, var _) -> (minus ? "-[" : "+[") + grouped(inner) + "]";
      default -> Printer.print(expr);
    };
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          a or b and c unless d      | (a or ((b and c) unless d))
          a == b + c * d ^ e         | (a == (b + (c * (d ^ e))))
          a ^ b ^ c                  | (a ^ (b ^ c))
          a - b - c                  | ((a - b) - c)
          a / b atan2 c % d          | (((a / b) atan2 c) % d)
          a > b < c                  | ((a > b) < c)
          -a ^ b * c                 | (-[(a ^ b)] * c)
          a ^ -b ^ c                 | (a ^ -[(b ^ c)])
          a ^ -b * c                 | ((a ^ -[b]) * c)
          a * -b + c                 | ((a * -[b]) + c)
          -a offset 5m + b           | (-[a offset 5m] + b)
          a offset 5m - 8            | (a offset 5m - 8)
          a offset -1 ^ 1            | (a offset -1s ^ 1)
          -1 ^ 2                     | -[(1 ^ 2)]
          """)
  void precedence(String text, String expected) {
    assertThat(grouped(parse(text))).isEqualTo(expected);
  }

  @Test
  void selectorsKeepTheOrderOfTheirMatchers() {
    var selector = (Expr.VectorSelector) parse("up{z=\"1\",a=~\"2\"}");
    assertThat(selector.name()).isEqualTo("up");
    assertThat(selector.matchers())
        .containsExactly(
            Matcher.equal("__name__", "up"),
            Matcher.equal("z", "1"),
            new Matcher(Matcher.Kind.REGEX, "a", "2"));
    assertThat(selector.span()).isEqualTo(new Span(0, 16));

    var quoted = (Expr.VectorSelector) parse("{\"up\"}");
    assertThat(quoted.name()).isEmpty();
    assertThat(quoted.matchers()).containsExactly(Matcher.equal("__name__", "up"));
  }

  @Test
  void modifiersOfARangeAreItsSelectors() {
    var matrix = (Expr.MatrixSelector) parse("up[5m] offset 1m @ 3");
    assertThat(matrix.range()).isEqualTo(new DurationExpr.Literal(300_000));
    assertThat(matrix.vector().when())
        .isEqualTo(
            new TimeModifier(new DurationExpr.Literal(60_000), new TimeModifier.At.Time(3000)));
    assertThat(matrix.vector().span()).isEqualTo(new Span(0, 2));
    assertThat(matrix.span()).isEqualTo(new Span(0, 20));
  }

  @Test
  void subqueriesHaveTheirOwnModifiers() {
    var subquery = (Expr.Subquery) parse("up offset 1m [5m:30s] @ end()");
    assertThat(subquery.step()).isEqualTo(new DurationExpr.Literal(30_000));
    assertThat(subquery.when()).isEqualTo(new TimeModifier(null, new TimeModifier.At.End()));
    assertThat(((Expr.VectorSelector) subquery.inner()).when().offset())
        .isEqualTo(new DurationExpr.Literal(60_000));
    assertThat(((Expr.Subquery) parse("up[5m:]")).step()).isNull();
  }

  @Test
  void durationsAreArithmetic() {
    var matrix = (Expr.MatrixSelector) parse("up[step() * 2 + 1m]");
    assertThat(matrix.range())
        .isEqualTo(
            new DurationExpr.Arithmetic(
                BinaryOp.ADD,
                new DurationExpr.Arithmetic(
                    BinaryOp.MUL, new DurationExpr.Step(), new DurationExpr.Constant(2)),
                new DurationExpr.Literal(60_000)));
  }

  @Test
  void matchingIsKeptOnlyBetweenVectors() {
    assertThat(binary("a + b").matching()).isEqualTo(VectorMatching.DEFAULT);
    assertThat(binary("a + 1").matching()).isNull();
    assertThat(binary("1 + 1").matching()).isNull();
    assertThat(Objects.requireNonNull(binary("a or b").matching()).cardinality())
        .isEqualTo(VectorMatching.Cardinality.MANY_TO_MANY);
    var grouped = Objects.requireNonNull(binary("a / on(x) group_left(y) b").matching());
    assertThat(grouped.cardinality()).isEqualTo(VectorMatching.Cardinality.MANY_TO_ONE);
    assertThat(grouped.on()).isTrue();
    assertThat(grouped.labels()).containsExactly("x");
    assertThat(grouped.include()).containsExactly("y");
  }

  @Test
  void spansCoverTheText() {
    String text = " sum by (a) (rate(up[5m])) > bool (1)";
    Expr.Binary binary = binary(text);
    assertThat(cut(text, binary)).isEqualTo(text.strip());
    assertThat(cut(text, binary.left())).isEqualTo("sum by (a) (rate(up[5m]))");
    assertThat(cut(text, binary.right())).isEqualTo("(1)");
    Expr.Aggregate sum = (Expr.Aggregate) binary.left();
    assertThat(cut(text, sum.inner())).isEqualTo("rate(up[5m])");
    assertThat(cut(text, ((Expr.Call) sum.inner()).arguments().getFirst())).isEqualTo("up[5m]");
    assertThat(cut("1 - - 5m", ((Expr.Binary) parse("1 - - 5m")).right())).isEqualTo("- 5m");
  }

  private static String cut(String text, Expr expr) {
    return text.substring(expr.span().start(), expr.span().end());
  }

  @Test
  void stringsMayHoldEscapedBytes() {
    assertThat(((Expr.StringLiteral) parse("\"\\xe2\\x82\\xac \\342\\202\\254 \\xff\"")).value())
        .isEqualTo("€ € \udcff");
  }

  @Test
  void allFunctionsAreKnown() {
    assertThat(Functions.list()).hasSize(90);
    assertThat(Functions.list().stream().filter(Function::experimental)).hasSize(17);
    Function quantile = Objects.requireNonNull(Functions.get("histogram_quantile"));
    assertThat(quantile.arguments()).containsExactly(ValueType.SCALAR, ValueType.VECTOR);
    assertThat(Functions.get("Rate")).isNull();
    String labels = "\"q\"" + ", 0.5".repeat(10);
    assertThat(parse("histogram_quantiles(a, " + labels + ")").type()).isEqualTo(ValueType.VECTOR);
    assertThatThrownBy(() -> parse("histogram_quantiles(a, " + labels + ", 1)"))
        .hasMessageContaining("expected at most 12 argument(s)");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "(",
        "-",
        "- -(",
        "a + (",
        "sum(",
        "abs(",
        "a ^ ",
        "a ^ -",
        "a[-",
        "a[(",
        "a[1^",
        "a[min_of(1,",
        "a[max_of(",
        "label_join(",
        "a == (1 + "
      })
  void deepNestingIsRefused(String piece) {
    String opened = piece.startsWith("a[") ? "a[" : "";
    String repeated = piece.substring(opened.length());
    for (int times : new int[] {600, (PromqlParser.LENGTH_MAX - 9) / repeated.length()}) {
      String text = opened + repeated.repeat(times) + "1";
      assertThatThrownBy(() -> parse(text))
          .isInstanceOf(ParseException.class)
          .hasMessageContaining("nests too deeply, the limit is 128 levels");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"+1", "+a", " or a", "^2", "[5m:]", " == bool 1", "+(a)"})
  void longChainsAreRefused(String piece) {
    assertThatThrownBy(() -> parse("a" + piece.repeat(PromqlParser.HEIGHT_MAX + 1)))
        .isInstanceOf(ParseException.class)
        .hasMessageMatching("(?s).*(nests too deeply|only allowed on instant vector).*");
    assertThatThrownBy(() -> parse("a[1" + "+1".repeat(PromqlParser.HEIGHT_MAX + 1) + "]"))
        .hasMessageContaining("nests too deeply, the limit is 500 levels");
  }

  @Test
  void whatIsWithinTheLimitsFitsASmallStack() throws InterruptedException {
    int levels = PromqlParser.NESTING_MAX - 1;
    String nested = "(".repeat(levels) + "a" + ")".repeat(levels);
    String chain = "a" + " + a".repeat(PromqlParser.HEIGHT_MAX - 1);
    String calls = "abs(".repeat(levels) + "a" + ")".repeat(levels);
    Throwable[] failure = new Throwable[1];
    Thread thread =
        new Thread(
            null,
            () -> {
              for (String each : new String[] {nested, chain, calls}) {
                Expr expr = parse(each);
                assertThat(Printer.print(expr)).isEqualTo(each);
                assertThat(expr.type()).isEqualTo(ValueType.VECTOR);
              }
            },
            "small stack",
            512 * 1024);
    thread.setUncaughtExceptionHandler((_, thrown) -> failure[0] = thrown);
    thread.start();
    thread.join();
    assertThat(failure[0]).isNull();
  }

  @Test
  void deepRegularExpressionsAreRefused() {
    String deep = "(".repeat(50_000) + ")".repeat(50_000);
    assertThatThrownBy(() -> parse("a{b=~\"" + deep + "\"}"))
        .isInstanceOf(ParseException.class)
        .hasMessageContaining("expression nests too deeply");
  }
}

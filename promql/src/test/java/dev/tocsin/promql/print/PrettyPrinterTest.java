package dev.tocsin.promql.print;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tocsin.promql.ast.Expr;
import dev.tocsin.promql.parse.ParseOptions;
import dev.tocsin.promql.parse.PromqlParser;
import org.junit.jupiter.api.Test;

/// Most facts are told with lines of ten bytes, so that they stay readable.
class PrettyPrinterTest {
  private static Expr parse(String text) {
    return PromqlParser.parse(text, ParseOptions.ALL);
  }

  /// With lines of ten bytes; the result means the same.
  private static String narrow(String text) {
    Expr expr = parse(text);
    String pretty = PrettyPrinter.print(expr, 10);
    assertThat(Printer.print(parse(pretty))).isEqualTo(Printer.print(expr));
    return pretty;
  }

  @Test
  void whatFitsALineStaysOnIt() {
    assertThat(narrow("max(up)")).isEqualTo("max(up)");
    assertThat(narrow("a-b")).isEqualTo("a - b");
    assertThat(narrow("(up)")).isEqualTo("(up)");
    assertThat(narrow("- 5")).isEqualTo("-5");
    assertThat(narrow("up @ 2")).isEqualTo("up @ 2.000");
    assertThat(narrow("(12 + 345)")).isEqualTo("(12 + 345)");
  }

  @Test
  void aLineIsAHundredBytes() {
    String hundred = "max(" + "x".repeat(95) + ")";
    assertThat(PrettyPrinter.print(parse(hundred))).isEqualTo(hundred);
    String more = "max(" + "x".repeat(96) + ")";
    assertThat(PrettyPrinter.print(parse(more))).isEqualTo("max(\n  " + "x".repeat(96) + "\n)");
    String inBytes = "count({\"é\"=\"" + "é".repeat(42) + "\"})";
    assertThat(PrettyPrinter.print(parse(inBytes))).as("100 bytes").doesNotContain("\n");
    assertThat(PrettyPrinter.print(parse(inBytes.replace("=", "=~"))))
        .as("101 bytes")
        .contains("\n");
  }

  @Test
  void whatCannotBeBrokenUpMayBeLonger() {
    assertThat(narrow("a_long_metric{b=\"c\",a!=\"d\"}"))
        .isEqualTo("a_long_metric{a!=\"d\",b=\"c\"}");
    assertThat(narrow("a_long_metric[5m] @ end() offset 1h"))
        .isEqualTo("a_long_metric[5m] @ end() offset 1h");
    assertThat(narrow("a_long_metric @ start()")).isEqualTo("a_long_metric @ start()");
    assertThat(narrow("12345678901234")).isEqualTo("12345678901234");
    assertThat(narrow("'a text of some length'")).isEqualTo("\"a text of some length\"");
    assertThat(narrow("-a_long_metric")).isEqualTo("-a_long_metric");
  }

  @Test
  void aggregationsOpenUp() {
    assertThat(narrow("min by () (a_long_metric)"))
        .isEqualTo(
            """
            min(
              a_long_metric
            )""");
    assertThat(narrow("min(a_metric{b='c'}) without(d,e)"))
        .isEqualTo(
            """
            min without (d, e) (
              a_metric{b="c"}
            )""");
    assertThat(narrow("bottomk by (x) (3, a_long_metric)"))
        .isEqualTo(
            """
            bottomk by (x) (
              3,
              a_long_metric
            )""");
    assertThat(narrow("avg by(x)\n(# all\n avg(avg by(x,y) (a_long_metric)) without(z))"))
        .isEqualTo(
            """
            avg by (x) (
              avg without (z) (
                avg by (x, y) (
                  a_long_metric
                )
              )
            )""");
  }

  @Test
  void operatorsStandOnALineOfTheirOwn() {
    assertThat(narrow("abc > bool 5"))
        .isEqualTo(
            """
              abc
            > bool
              5""");
    assertThat(narrow("metric1 / metric2"))
        .isEqualTo(
            """
              metric1
            /
              metric2""");
    assertThat(narrow("abc * def * metric3"))
        .isEqualTo(
            """
              abc * def
            *
              metric3""");
    assertThat(
            narrow(
                "w / ignoring(x) yy - ignoring(z) group_left zz + on(v) group_right(t) fill(0) u"))
        .isEqualTo(
            """
                  w
                / ignoring (x)
                  yy
              - ignoring (z) group_left ()
                zz
            + on (v) group_right (t) fill (0)
              u""");
  }

  @Test
  void functionsHaveAnArgumentPerLine() {
    assertThat(narrow("irate(abc[5m])"))
        .isEqualTo(
            """
            irate(
              abc[5m]
            )""");
    assertThat(narrow("label_join(label_join(a, 'b', '-'), \"c\", \"\", \"d\")"))
        .isEqualTo(
            """
            label_join(
              label_join(
                a,
                "b",
                "-"
              ),
              "c",
              "",
              "d"
            )""");
    assertThat(narrow("days_in_month()")).isEqualTo("days_in_month(\n\n)");
  }

  @Test
  void subqueriesPutTheirRangeBehindWhatTheyWrap() {
    assertThat(narrow("max_over_time(irate(a_metric[5m])[1h:] @ end() offset 1m)"))
        .isEqualTo(
            """
            max_over_time(
              irate(
                a_metric[5m]
              )[1h:] @ end() offset 1m
            )""");
    assertThat(narrow("min_over_time(a_long_metric[1h:step() * 2])"))
        .isEqualTo(
            """
            min_over_time(
              a_long_metric[1h:step() * 2]
            )""");
  }

  /// A slip of Prometheus's, kept.
  @Test
  void aSubqueryThatFitsIsNotIndented() {
    assertThat(narrow("min_over_time(a[1h:5m])"))
        .isEqualTo(
            """
            min_over_time(
            a[1h:5m]
            )""");
  }

  @Test
  void parenthesesOpenUp() {
    assertThat(narrow("((((abc_def))))"))
        .isEqualTo(
            """
            (
              (
                (
                  (abc_def)
                )
              )
            )""");
    assertThat(narrow("(a + b + (metric1 / metric2))"))
        .isEqualTo(
            """
            (
                a + b
              +
                (
                    metric1
                  /
                    metric2
                )
            )""");
  }

  @Test
  void aSignStandsInFrontOfWhatItAppliesTo() {
    assertThat(narrow("-(abc - -irate(def[5m]))"))
        .isEqualTo(
            """
            -(
                abc
              -
                -irate(
                  def[5m]
                )
            )""");
    assertThat(narrow("abs(+a_long_metric)"))
        .isEqualTo(
            """
            abs(
              +a_long_metric
            )""");
    assertThat(narrow("- - (abcdefghijk)"))
        .isEqualTo(
            """
            --(
              abcdefghijk
            )""");
  }

  @Test
  void durationsAreNotBrokenUp() {
    assertThat(narrow("delta(a[-5m+step()*2])"))
        .isEqualTo(
            """
            delta(
              a[-5m + step() * 2]
            )""");
  }

  @Test
  void aRealRule() {
    String rule =
        "sum by (job,le) (rate(request_seconds_bucket{job=~\"api|web\",code!~\"5..\"}[5m])) / ignoring (le)"
            + " group_left sum by (job) (rate(request_seconds_count[5m])) < 0.95 and on (job) up == 1";
    assertThat(PrettyPrinter.print(parse(rule)))
        .isEqualTo(
            """
                  sum by (job, le) (rate(request_seconds_bucket{code!~"5..",job=~"api|web"}[5m]))
                / ignoring (le) group_left ()
                  sum by (job) (rate(request_seconds_count[5m]))
              <
                0.95
            and on (job)
              up == 1""");
  }

  @Test
  void whatIndentationWouldBlowUpStaysOnOneLine() {
    String wide = "label_join(a, \"\", \"\"" + ", \"\"".repeat(20_000) + ")";
    String deep = "(".repeat(100) + wide + ")".repeat(100);
    assertThat(PrettyPrinter.print(parse(wide))).contains("\n");
    assertThat(PrettyPrinter.print(parse(deep))).isEqualTo(deep);
  }
}

package dev.tocsin.promql.parse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Messages and places, as Prometheus words and counts them.
class ParseErrorsTest {
  private static ParseException failure(String text, ParseOptions options) {
    ParseException failure =
        catchThrowableOfType(ParseException.class, () -> PromqlParser.parse(text, options));
    assertThat(failure).as("%s is refused", text).isNotNull();
    return failure;
  }

  private static String message(String text) {
    String whole = String.valueOf(failure(text, ParseOptions.ALL).getMessage());
    assertThat(whole).contains(": parse error: ");
    return whole.replace(": parse error: ", " ");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      textBlock =
          """
          up +                  | 1:5 unexpected end of input
          /up                   | 1:1 unexpected <op:/>
          up bar                | 1:4 unexpected identifier "bar"
          up 5                  | 1:4 unexpected number "5"
          up 'a very long text' | 1:4 unexpected string "'a very lo"...
          (up                   | 1:4 unclosed left parenthesis
          (up))                 | 1:6 unexpected right parenthesis ')'
          up]                   | 1:3 unexpected right bracket ']'
          up}                   | 1:3 unexpected character: '}'
          up ; 1                | 1:4 unexpected character: ';'
          up == group_left      | 1:7 unexpected <group_left>
          up == on              | 1:9 unexpected end of input in grouping opts, expected "("
          up =~ 1               | 1:4 unexpected character after '=': '~'
          up !~ 1               | 1:4 unexpected character after '!': '~'
          up = 1                | 1:4 unexpected "="
          up + ignoring(a) on(b) up | 1:18 unexpected <on>
          up + group_left up    | 1:6 unexpected <group_left>
          rate(up[5m]           | 1:12 unclosed left parenthesis
          rate(up[5m],)         | 1:12 trailing commas not allowed in function call args
          rate(,up)             | 1:6 unexpected ","
          a:b(up)               | 1:4 unexpected "("
          frobnicate(up)        | 1:1 unknown function with name "frobnicate"
          RATE(up[5m])          | 1:1 unknown function with name "RATE"
          """)
  void syntax(String text, String expected) {
    assertThat(message(text)).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      textBlock =
          """
          up{                | 1:4 unexpected end of input inside braces
          up{job}            | 1:7 unexpected "}" in label matching, expected label matching operator
          up{job=5}          | 1:8 unexpected character inside braces: '5'
          up{job=api}        | 1:8 unexpected identifier "api" in label matching, expected string
          up{job="a" env}    | 1:12 unexpected identifier "env" in label matching, expected "," or "}"
          up{,}              | 1:4 unexpected "," in label matching, expected identifier or "}"
          up{a:b="c"}        | 1:5 unexpected character inside braces: ':'
          up{a!b}            | 1:5 unexpected character after '!' inside braces: 'b'
          up{{               | 1:4 unexpected left brace '{'
          up{__name__="a"}   | 1:1 metric name must not be set twice: "up" or "a"
          {}                 | 1:1 vector selector must contain at least one non-empty matcher
          {job=~".*"}        | 1:1 vector selector must contain at least one non-empty matcher
          {job!="a"}         | 1:1 vector selector must contain at least one non-empty matcher
          {a=~"b("}          | 1:2 error parsing regexp: missing closing ): `b(`
          {a=~"b)(c"}        | 1:2 error parsing regexp: unexpected ): `b)(c`
          """)
  void selectors(String text, String expected) {
    assertThat(message(text)).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      textBlock =
          """
          up[                  | 1:4 unexpected end of input in duration expression
          up[]                 | 1:4 unexpected "]" in subquery or range selector, expected number, duration, step(), or range()
          up[5m                | 1:6 unclosed left bracket
          up[5m+]              | 1:7 unexpected "]" in subquery or range selector, expected number, duration, step(), or range()
          up[5m 1m]            | 1:7 unexpected duration "1m" in subquery or range, expected ":" or "]"
          up[5m:*]             | 1:7 unexpected <op:*> in subquery selector, expected number, duration, step(), range(), or "]"
          up[5m:1m 1m]         | 1:10 unexpected duration "1m" in subquery selector, expected "]"
          up[:5m]              | 1:5 unexpected colon before duration in duration expression
          up[foo]              | 1:4 unexpected character in duration expression: 'f'
          up[5m foo]           | 1:7 unexpected character: 'f', expected ':'
          up[5mm]              | 1:4 bad number or duration syntax: "5mm"
          up[5m1h]             | 1:4 not a valid duration string: "5m1h"
          up[5hs]              | 1:4 unknown unit "hs" in duration "5hs"
          up[400y]             | 1:4 duration out of range
          up[0s]               | 1:4 duration must be greater than 0
          up[-5m]              | 1:4 duration must be greater than 0
          up[0.0001]           | 1:4 duration must be greater than 0
          up[5m:0s]            | 1:7 duration must be greater than 0
          up[5m/0]             | 1:6 division by zero
          up[5m%0s]            | 1:6 modulo by zero
          (up)[5m]             | 1:5 ranges only allowed for vector selectors
          up offset 1m[5m]     | 1:13 no offset modifiers allowed before range
          up @ 5 [5m]          | 1:8 no @ modifiers allowed before range
          up offset            | 1:10 unexpected end of input in offset, expected number, duration, step(), or range()
          up offset bar        | 1:11 unexpected identifier "bar" in offset, expected number, duration, step(), or range()
          up offset 1e10       | 1:11 duration out of range
          up offset NaN        | 1:11 duration out of range
          up offset 1m offset 1m | 1:1 offset may not be set multiple times
          (up) offset 1m       | 1:1 offset modifier must be preceded by an instant vector selector or range vector selector or a subquery
          up @                 | 1:5 unexpected end of input in @, expected timestamp
          up @ bar             | 1:6 unexpected identifier "bar" in @, expected timestamp
          up @ start(5)        | 1:12 unexpected number "5" in @, expected timestamp
          up @ Inf             | 1:1 timestamp out of bounds for @ modifier: +Inf
          up @ 1e30            | 1:1 timestamp out of bounds for @ modifier: 1000000000000000019884624838656.000000
          up @ 1 @ 2           | 1:1 @ <timestamp> may not be set multiple times
          1 @ 1                | 1:1 @ modifier must be preceded by an instant vector selector or range vector selector or a subquery
          up anchored smoothed | 1:1 anchored and smoothed modifiers cannot be used together
          up[5m:] anchored     | 1:1 anchored modifier is not supported for subqueries
          1 smoothed           | 1:1 smoothed modifier not implemented
          up[5m][5m:]          | 1:1 subquery is only allowed on instant vector, got matrix instead
          """)
  void rangesAndModifiers(String text, String expected) {
    assertThat(message(text)).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      textBlock =
          """
          sum()                | 1:1 no arguments for aggregate expression provided
          sum(a, b)            | 1:1 wrong number of arguments for aggregate expression provided, expected 1, got 2
          1 + topk(up)         | 1:5 wrong number of arguments for aggregate expression provided, expected 2, got 1
          sum(a b)             | 1:7 unexpected identifier "b" in aggregation
          sum((a b))           | 1:8 unexpected identifier "b" in aggregation
          sum by (x) up        | 1:12 unexpected identifier "up" in aggregation
          sum up               | 1:5 unexpected identifier "up"
          sum(up) by job       | 1:12 unexpected identifier "job" in grouping opts, expected "("
          sum by (a) (b) by (c) | 1:16 unexpected <by>
          sum by (5) (up)      | 1:9 unexpected number "5" in grouping opts, expected label
          sum by (a b) (up)    | 1:11 unexpected identifier "b" in grouping opts, expected "," or ")"
          sum by (a,,) (up)    | 1:11 unexpected "," in grouping opts, expected label
          sum by (without) (up) | 1:9 unexpected <without> in grouping opts, expected label
          sum by ("") (up)     | 1:9 invalid label name for grouping: ""
          sum(1)               | 1:5 expected type instant vector in aggregation expression, got scalar
          topk(up, up)         | 1:6 expected type scalar in aggregation parameter, got instant vector
          count_values(1, up)  | 1:14 expected type string in aggregation parameter, got scalar
          """)
  void aggregations(String text, String expected) {
    assertThat(message(text)).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      textBlock =
          """
          rate(up)             | 1:6 expected type range vector in call to function "rate", got instant vector
          abs(up[5m])          | 1:5 expected type instant vector in call to function "abs", got range vector
          label_join(up, "a", 5) | 1:21 expected type string in call to function "label_join", got scalar
          label_join(up, "a", "", "b", 5) | 1:30 expected type string in call to function "label_join", got scalar
          abs()                | 1:1 expected 1 argument(s) in call to "abs", got 0
          round(up, 1, 2)      | 1:1 expected at most 2 argument(s) in call to "round", got 3
          label_join()         | 1:1 expected at least 3 argument(s) in call to "label_join", got 0
          -"a"                 | 1:1 unary expression only allowed on expressions of type scalar or instant vector, got "string"
          up + up[5m]          | 1:6 binary expression must contain only scalar and instant vector types
          up and 1             | 1:1 set operator "and" not allowed in binary scalar expression
          up + bool up         | 1:4 bool modifier can only be used on comparison operators
          1  == 1              | 1:4 comparisons between scalars must use BOOL modifier
          up + on(a) 1         | 1:1 vector matching only allowed between instant vectors
          up + fill(1) 1       | 1:1 filling in missing series only allowed between instant vectors
          up or fill(1) up     | 1:1 filling in missing series not allowed for set operators
          up and on(a) group_left up | 1:1 no grouping allowed for "and" operation
          up + on(a) group_left(a) up | 1:4 label "a" must not occur in ON and GROUP clause at once
          info(up, 1)          | 1:1 expected type instant vector in call to function "info", got scalar
          info(up, up)         | 1:10 expected label selectors only, got vector selector instead
          info(up, -{a="b"})   | 1:10 expected label selectors only
          """)
  void types(String text, String expected) {
    assertThat(message(text)).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      textBlock =
          """
          'abc          | 1:1 unterminated quoted string
          `abc          | 1:1 unterminated raw string
          "\\c"         | 1:1 unknown escape sequence U+0063 'c'
          "\\'"         | 1:1 unknown escape sequence U+0027 '''
          "\\x5         | 1:1 escape sequence not terminated
          "\\x5g"       | 1:1 illegal character U+0067 'g' in escape sequence
          "\\400"       | 1:1 escape sequence is an invalid Unicode code point
          "\\ud800"     | 1:1 escape sequence is an invalid Unicode code point
          "\\U00110000" | 1:1 escape sequence is an invalid Unicode code point
          1..5          | 1:1 bad number or duration syntax: "1.."
          1__0          | 1:1 bad number or duration syntax: "1__"
          1e3e3         | 1:1 bad number or duration syntax: "1e3e"
          0x            | 1:1 error parsing number: strconv.ParseFloat: parsing "0x": invalid syntax
          1e999         | 1:1 error parsing number: strconv.ParseFloat: parsing "1e999": value out of range
          1.5h          | 1:1 unknown unit "." in duration "1.5h"
          """)
  void literals(String text, String expected) {
    assertThat(message(text)).isEqualTo(expected);
  }

  @Test
  void emptyTextIsNoExpression() {
    assertThat(message("")).isEqualTo("unknown position no expression found in input");
    assertThat(message(" # nothing\n")).isEqualTo("1:1 no expression found in input");
  }

  @Test
  void placesCountLinesAndBytes() {
    assertThat(message("up +\n  # why\n  bar baz")).isEqualTo("3:7 unexpected identifier \"baz\"");
    assertThat(message("{\"mé€😀\"} x")).startsWith("1:16 ");
    ParseException failure = failure("up\n* 'é' x", ParseOptions.ALL);
    assertThat(failure.line()).isEqualTo(2);
    assertThat(failure.column()).isEqualTo(8);
    assertThat(failure.start()).isEqualTo(9);
    assertThat(failure.end()).isEqualTo(10);
    assertThat(failure.reason()).isEqualTo("unexpected identifier \"x\"");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      textBlock =
          """
          up + step()            | 1:6 function "step" is not enabled
          sort_by_label(up, "a") | 1:1 function "sort_by_label" is not enabled
          limitk(1, up)          | 1:1 limitk() is experimental and must be enabled with --enable-feature=promql-experimental-functions
          up anchored            | 1:1 anchored modifier is experimental and not enabled
          up[5m] smoothed        | 1:1 smoothed modifier is experimental and not enabled
          1 + up + fill(0) up    | 1:1 binop fill modifiers are experimental and not enabled
          """)
  void experimentalPartsAreRefusedByDefault(String text, String expected) {
    ParseException failure = failure(text, ParseOptions.DEFAULT);
    assertThat(String.valueOf(failure.getMessage()).replace(": parse error: ", " "))
        .isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          up[5m+5m]         | 4
          up[step()]        | 4
          up offset (5m)    | 12
          up[min_of(1s,2s)] | 4
          """)
  void durationExpressionsCanBeSwitchedOff(String text, int column) {
    ParseException failure = failure(text, new ParseOptions(true, false, true, true));
    assertThat(failure.reason()).isEqualTo("experimental duration expression is not enabled");
    assertThat(failure.column()).isEqualTo(column);
  }

  @Test
  void aTextTooLongIsRefused() {
    String text = "1" + "+1".repeat(PromqlParser.LENGTH_MAX / 2);
    assertThatThrownBy(() -> PromqlParser.parse(text))
        .isInstanceOf(ParseException.class)
        .hasMessageContaining("the limit is 131072");
  }
}

package dev.tocsin.promql.print;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tocsin.promql.parse.ParseOptions;
import dev.tocsin.promql.parse.PromqlParser;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// The form that Prometheus prints. Where one column is given, the text is in that form already.
class PrinterTest {
  private static String printed(String text) {
    return Printer.print(PromqlParser.parse(text, ParseOptions.ALL));
  }

  private static void prints(String text, String expected) {
    String wanted = expected == null ? text : expected;
    assertThat(printed(text)).isEqualTo(wanted);
    assertThat(printed(wanted)).isEqualTo(wanted);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      textBlock =
          """
          up                          |
          up{}                        | up
          up{job="a",}                | up{job="a"}
          up{z="1", a!="2",m=~"3",b!~"4"} | up{a!="2",b!~"4",m=~"3",z="1"}
          {"my.metric"}               | {__name__="my.metric"}
          {"my.metric", "a b"='c'}    | {"a b"="c",__name__="my.metric"}
          {__name__=~"a.b"}           |
          up{job='it\\'s "x"\\n'}     | up{job="it's \\"x\\"\\n"}
          up{job=`a\\b`}              | up{job="a\\\\b"}
          up{job="\\u00e9\\xc3\\xa9\\351"} | up{job="éé\\xe9"}
          task:errors:rate5m          |
          :a{b="c"}                   |
          and                         |
          offset                      |
          START{end="1"}              | START{end="1"}
          sum + count                 |
          """)
  void selectors(String text, String expected) {
    prints(text, expected);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      textBlock =
          """
          1_000                | 1000
          0x1F                 | 31
          0X_1f                | 31
          010                  | 8
          08                   | 8
          1e3                  | 1000
          1.50                 | 1.5
          .5                   | 0.5
          5.                   | 5
          1E-7                 | 0.0000001
          9223372036854775808  | 9223372036854776000
          1e21                 | 1000000000000000000000
          INF                  | +Inf
          -inf                 | -Inf
          nan                  | NaN
          - 5                  | -5
          --5                  | 5
          -0                   | -0
          90s                  | 1m30s
          -1h30m               |
          1d12h                |
          0s                   |
          'a"b'                | "a\\"b"
          "\\a\\b\\f\\n\\r\\t\\v\\\\" |
          "\\x00\\u200b\\U0001F600"  | "\\x00\\u200b😀"
          """)
  void literals(String text, String expected) {
    prints(text, expected);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      textBlock =
          """
          a+b                             | a + b
          -a^2                            | -a ^ 2
          2^-a                            | 2 ^ -a
          a  ATAN2  b                     | a atan2 b
          a</b >/ c                       | a </ b >/ c
          a Or b AND c                    | a or b and c
          a > BOOL 0                      | a > bool 0
          a*on(b,)c                       | a * on (b) c
          a * on() c                      | a * on () c
          a * ignoring() c                | a * c
          a * ignoring() group_left c     | a * ignoring () group_left () c
          a * ignoring(b) group_right(x,"y.z") c | a * ignoring (b) group_right (x, "y.z") c
          a * on(b) group_left (c) d      | a * on (b) group_left (c) d
          a and on(b) c                   | a and on (b) c
          a + fill(1e6) b                 | a + fill (1e+06) b
          a + fill_right(2) fill_left(-1m) b | a + fill_left (-60) fill_right (2) b
          a + fill_left(1) fill_right(1) b | a + fill (1) b
          a + fill                        |
          fill * fill_left                |
          """)
  void binaryOperators(String text, String expected) {
    prints(text, expected);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      textBlock =
          """
          sum(a)                       |
          SUM(a)                       | sum(a)
          sum by () (a)                | sum(a)
          sum without () (a)           |
          sum(a) by (b)                | sum by (b) (a)
          sum by(on,bool,"ä") (a)      | sum by (on, bool, "ä") (a)
          topk without (b) (3, a)      | topk without (b) (3, a)
          count_values("v",a)          | count_values("v", a)
          limit_ratio(-0.5, a)         |
          rate(a[5m])                  |
          round(a,1)                   | round(a, 1)
          time()                       |
          max_of(step(), range()) + start() - end() |
          info(a, {b=~".*"})           |
          ((a))                        |
          """)
  void aggregationsAndCalls(String text, String expected) {
    prints(text, expected);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      textBlock =
          """
          a[300]                     | a[5m]
          a[1.5]                     | a[1s500ms]
          a[ 1h30m ]                 | a[1h30m]
          a[7d]                      | a[1w]
          a[1.0005]                  | a[1s]
          a[5m:]                     |
          a[5m:60]                   | a[5m:1m]
          a offset 5m                |
          a offset 0s                | a
          a offset -1h               |
          a[5m] offset 90            | a[5m] offset 1m30s
          a @ 1.5                    | a @ 1.500
          a @ -0.0015                | a @ -0.002
          a @ 1m                     | a @ 60.000
          a @ START()                | a @ start()
          a offset 5m @ end()        | a @ end() offset 5m
          a[5m:1m] offset 1m @ 3     | a[5m:1m] @ 3.000 offset 1m
          a offset 1m anchored @ 1   | a @ 1.000 anchored offset 1m
          a[5m] offset 1m smoothed @ 1 | a[5m] smoothed @ 1.000 offset 1m
          -a offset 1m               |
          """)
  void ranges(String text, String expected) {
    prints(text, expected);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      textBlock =
          """
          a[5m+60]                   | a[5m + 60]
          a[-2^2+10m]                | a[-2 ^ 2 + 10m]
          a[((5m))]                  | a[(5m)]
          a[STEP()*2:step()]         | a[step() * 2:step()]
          a[max_of(5m,range()/2)]    | a[max_of(5m, range() / 2)]
          a offset (5m-2)            | a offset (5m - 2)
          a offset 5m-2              | a offset 5m - 2
          a offset -step()           |
          a offset -(5m)             |
          a offset +(5)              | a offset (5)
          a offset (5m) + 1          |
          a offset --5m + 1          | a offset (5m + 1)
          a offset (5m) @ 3          | a @ 3.000 offset (5m)
          a offset (5m) @ 3 or b     | a @ 3.000 offset (5m) or b
          a offset (5m) @ 3 * b      | a offset (5m) @ 3.000 * b
          -a offset (5m + 1) anchored @ 3 ^ 2 | -a offset (5m + 1) @ 3.000 anchored ^ 2
          a offset -min_of(1s, 2s) ^ 2 |
          """)
  void durationExpressions(String text, String expected) {
    prints(text, expected);
  }

  @Test
  void commentsAndLinesAreGone() {
    prints("sum ( # all\n up{ # jobs\n job=\"a\" }\r\n)\t", "sum(up{job=\"a\"})");
  }
}

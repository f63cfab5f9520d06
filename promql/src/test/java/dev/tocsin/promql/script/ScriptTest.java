package dev.tocsin.promql.script;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What is a script and what is none.
class ScriptTest {
  @Test
  void commandsAreReadWithTheirLines() {
    Script script =
        Script.parse(
            """
            # A comment.
            load 10s
              a 1+1x3
              b@st -1m _ -30s-1sx1
              b 1 2 3 4

            clear
            EVAL_nothing
            """
                .replace("EVAL_nothing", "eval instant at 0 vector(1)\n  {} 1"));
    assertThat(script.commands()).hasSize(3);
    assertThat(script.commands().get(0)).isInstanceOf(Command.Load.class);
    assertThat(script.commands().get(1)).isInstanceOf(Command.Clear.class);
    assertThat(script.commands().get(2).line()).isEqualTo(8);
  }

  @Test
  void aSeriesDescribedTwiceIsWhatItWasSaidToBeLast() {
    Script script = Script.parse("load 1m\n  a 1\n  a 2\n");
    assertThat(((Command.Load) script.commands().getFirst()).series()).hasSize(1);
    assertThat(
            ScriptRunner.run(
                    Script.parse("load 1m\n  a 1\n  a 2\n\neval instant at 0 a\n  a 2"),
                    Profile.ALL)
                .failed())
        .isZero();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "lod 1m | 1 | 3 | \"lod\" is no command",
        "load | 1 | 3 | load STEP",
        "load 1x | 1 | 8 | \"1x\" is not a duration",
        "load 1m;  a 1 2y3 | 2 | 9 | \"2y3\" is not a number",
        "load 1m;  a@st 0;  b 1 | 2 | 5 | of another series",
        "load 1m;  a@st 0 0;  a 1 | 2 | 9 | there are 2 start times",
        "load 1m;  a@st 0;; | 2 | 5 | needs the line of its samples",
        "load 1m;  a@st now;  a 1 | 2 | 10 | \"now\" is no start time",
        "load 1m;  a@st _x0 0;  a 1 | 2 | 10 | repeated no times",
        "eval instant at 5m | 1 | 3 | eval instant at TIME QUERY",
        "eval instant at five up | 1 | 19 | \"five\" is not a duration",
        "eval instant at 5m up == | 1 | 27 | unexpected end of input",
        "eval range from 5m to 1m step 1m up | 1 | 25 | the end is before the start",
        "eval range from 1m to 2m step 0 up | 1 | 33 | longer than nothing",
        "eval instant at 0 up;  up 1 2 | 2 | 5 | one value for each series",
        "eval instant at 0 up;  expect wran | 2 | 5 | expect KIND",
        "eval instant at 0 up;  expect warn regex: ( | 2 | 24 | missing closing )",
        "eval instant at 0 up;  expect info;  expect no_info | 3 | 5 | contradict",
        "eval instant at 0 up;  expect warn;  expect no_warn | 3 | 5 | contradict",
        "eval instant at 0 up;  expect fail;  expect fail | 3 | 5 | one failure only",
        "eval instant at 0 up;  expect range vector from 1m | 2 | 5 | expect range vector from",
        "eval instant at 0 up;  expect string up | 2 | 18 | a string in quotes"
      })
  void whatIsWrongIsToldWithItsPlace(String script, int line, int column, String reason) {
    String text = "  " + script.replace(";", "\n  ");
    assertThatThrownBy(() -> Script.parse(text))
        .isInstanceOfSatisfying(
            ScriptException.class,
            e -> {
              assertThat(e.getMessage()).contains(reason);
              assertThat(e.line()).isEqualTo(line);
              assertThat(e.column()).isEqualTo(column);
            });
  }
}

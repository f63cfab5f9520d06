package dev.tocsin.promql.script;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

/// A script that was damaged runs, or is refused with a place that exists; nothing else.
class HostileScriptTest {
  private static final String WHOLE =
      """
      # All of the notation.
      load 30s
        a{x="1", y='}'} 1 2x2 3+2x2 -1-0.5x1 _ _x2 stale Inf NaN 1e3 017
        a@st -1m _ -30s-1sx1 0+1msx3
        a 1 2 3 4 5 6 7 8
        {"b.c", "la-bel"=`\\`} {{schema:1 count:3 sum:-2.5 buckets:[1 2] offset:-3}}x2
        h {{count:2 buckets:[2] counter_reset_hint:gauge}}+{{count:3 buckets:[1 2]}}x2 {{}}
        n {{schema:-53 custom_values:[1 2] buckets:[1 2 3]}} {{n_buckets:[1] z_bucket:1 z_bucket_w:0.1}}

      load_with_nhcb 1m
        c_bucket{le="1"} 1 2
        c_bucket{le="+Inf"} 4 8
        c_sum 5.5 11

      eval_ordered instant at 1m sort(a{x="1"} * 2)
        {x="1", y="}"} 4

      eval range from 0 to 2m step 1m rate(a[1m] offset 30s)
        expect no_warn
        {} 1+1x2

      eval instant at 1m h + on() a @ 30
        expect fail regex: .*

      clear

      eval instant at 0 "x"
        expect string "x"

      eval_fail instant at 0 1 + ceil({__name__=~"a|b"})
        expected_fail_message no

      eval instant at 2m a[2m]
        expect range vector from 1m to 2m step 1m
        a 1 2

      eval instant at 0 1
        0x1
      """;
  private static final String PIECES = "{}[]()\"'`\\_:@#=~!+-x0139 \n\taeinrst\ufffd\ud800é,.";
  private static final int RUNS = 2_000;

  private static String damaged(RandomGenerator random) {
    StringBuilder text = new StringBuilder(WHOLE);
    int blows = 1 + random.nextInt(2);
    for (int i = 0; i < blows; i++) {
      int at = random.nextInt(text.length());
      switch (random.nextInt(4)) {
        case 0 -> text.deleteCharAt(at);
        case 1 -> text.insert(at, PIECES.charAt(random.nextInt(PIECES.length())));
        case 2 -> text.setCharAt(at, PIECES.charAt(random.nextInt(PIECES.length())));
        default -> text.delete(at, Math.min(text.length(), at + random.nextInt(30)));
      }
    }
    return text.toString();
  }

  @Test
  void undamagedItRuns() {
    assertThat(ScriptRunner.run(Script.parse(WHOLE), Profile.ALL).outcomes()).hasSize(7);
  }

  @Test
  void damageIsRefusedWithAPlace() {
    int runs = 0;
    for (long seed = 0; seed < RUNS; seed++) {
      String text = damaged(new SplittableRandom(seed));
      try {
        ScriptReport report = ScriptRunner.run(Script.parse(text), Profile.ALL);
        assertThat(report.outcomes().toString())
            .as("seed %d", seed)
            .doesNotContain("internal error");
        runs++;
      } catch (ScriptException e) {
        String[] lines = text.split("\n", -1);
        assertThat(e.line()).as("seed %d", seed).isBetween(1, lines.length);
        assertThat(e.column()).as("seed %d", seed).isBetween(1, lines[e.line() - 1].length() + 2);
      } catch (RuntimeException e) {
        fail("seed " + seed, e);
      }
    }
    // Otherwise the damage would be too great to test anything.
    assertThat(runs).isBetween(RUNS / 20, RUNS * 9 / 10);
  }
}

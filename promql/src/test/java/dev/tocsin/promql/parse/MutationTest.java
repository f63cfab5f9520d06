package dev.tocsin.promql.parse;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tocsin.promql.print.Printer;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// Queries with random damage: refused with a place, or understood and printed so that it is
/// understood again.
class MutationTest {
  private static final List<String> SEEDS =
      List.of(
          "sum by (job, \"a.b\") (rate(http_requests_total{code=~\"5..\",job!='api'}[5m])) > 0.5",
          "histogram_quantile(0.9, sum without (pod) (rate(b[10m:30s] offset -1h @ start())))",
          "a / on (x) group_left (y) b + ignoring (z) group_right c ^ -2 ^ 1_000",
          "a + bool fill_left(1) fill_right(-2) b and on () c unless ignoring (q) d or e",
          "{\"metric.name\", \"l\"=`raw\\x`, c!~\"\\u00e9\\n\\x41\\101\"} offset (5m - step() * 2)",
          "a[max_of(step(), 5m) + -2^2 : range() / 3] offset --5m + 1 @ 1.5e3",
          "topk(3, a anchored) - limitk(1, b[5m] smoothed) # comment",
          "label_replace(up, 'a', \"$1\", `b`, '(.*)') == bool 0x1F </ Inf >/ NaN atan2 1h30m",
          "count_values(\"v\", min_over_time((a @ end())[1d:1h])) % sum(by) * on(bool) and");

  private static final Pattern SIGNED_POWER = Pattern.compile("offset -[^)]*\\^");

  private static final String ALPHABET =
      "abemosy019 _.,:;+-*/%^=!~<>@#()[]{}\"'`\\\n\té€😀\ufffd\ud800";

  private static final List<String> WORDS =
      List.of(
          "sum",
          " by ",
          "without",
          "(a)",
          "[5m]",
          "[1h:]",
          " offset ",
          " @ ",
          "start()",
          "step()",
          "fill",
          " on",
          " and ",
          "1m",
          "0s",
          "-",
          "--",
          "bool ",
          "min_of(1,2)",
          "\\x",
          "{}",
          "e9");

  @Test
  void damagedQueries() {
    run(20_000, 20_261_124L);
  }

  @Test
  @Tag("deep")
  void manyDamagedQueries() {
    for (long seed = 0; seed < 200; seed++) {
      run(20_000, seed);
    }
  }

  private static void run(int count, long seed) {
    Random random = new Random(seed);
    int understood = 0;
    for (int i = 0; i < count; i++) {
      String text = SEEDS.get(random.nextInt(SEEDS.size()));
      int changes = 1 + random.nextInt(4);
      for (int change = 0; change < changes; change++) {
        text = changed(text, random);
      }
      String damaged = text;
      String name = "seed " + seed + ", case " + i + ": " + damaged;
      understood += isUnderstood(damaged, name) ? 1 : 0;
    }
    assertThat(understood).as("seed %s: neither all nor none", seed).isBetween(count / 100, count);
  }

  private static String changed(String text, Random random) {
    int from = random.nextInt(text.length() + 1);
    int to = Math.min(text.length(), from + random.nextInt(4));
    return switch (random.nextInt(5)) {
      case 0 -> text.substring(0, from) + text.substring(to);
      case 1 -> {
        char c = ALPHABET.charAt(random.nextInt(ALPHABET.length()));
        yield text.substring(0, from) + c + text.substring(to);
      }
      case 2 -> {
        String word = WORDS.get(random.nextInt(WORDS.size()));
        yield text.substring(0, from) + word + text.substring(from);
      }
      case 3 -> {
        String other = SEEDS.get(random.nextInt(SEEDS.size()));
        int start = random.nextInt(other.length());
        int end = Math.min(other.length(), start + random.nextInt(20));
        yield text.substring(0, from) + other.substring(start, end) + text.substring(to);
      }
      default -> text.substring(0, from) + text.substring(0, from) + text.substring(from);
    };
  }

  private static boolean isUnderstood(String text, String name) {
    String once;
    try {
      once = Printer.print(PromqlParser.parse(text, ParseOptions.ALL));
    } catch (ParseException e) {
      assertThat(e.start()).as(name).isBetween(0, text.length());
      assertThat(e.end()).as(name).isBetween(e.start(), text.length());
      assertThat(e.line()).as(name).isPositive();
      assertThat(e.column()).as(name).isPositive();
      return false;
    } catch (RuntimeException | StackOverflowError e) {
      throw new AssertionError(name, e);
    }
    if (once.contains("Inf ^") || SIGNED_POWER.matcher(once).find()) {
      // Prometheus prints the sign of infinity, which then is the power's; and an offset of
      // `+ -2^2` as `-2 ^ 2`, which it does not read again.
      return true;
    }
    try {
      assertThat(Printer.print(PromqlParser.parse(once, ParseOptions.ALL)))
          .as(name)
          .isEqualTo(once);
    } catch (ParseException e) {
      throw new AssertionError(name + "\nprinted " + once, e);
    }
    return true;
  }

  @Test
  void theLongestTextsTakeNoLongTime() {
    for (String piece :
        List.of(
            "(", "a+", "-", "\"\\", "{a=\"", "1m", "0_", "#", "a{b=~\"(a|b)*\"} or ", "a,", ":")) {
      String text = piece.repeat(PromqlParser.LENGTH_MAX / piece.length());
      String args = "label_join(a,\"\",\"\"" + ",\"\"".repeat(30_000) + ")";
      Assertions.assertTimeoutPreemptively(
          Duration.ofSeconds(20),
          () -> {
            isUnderstood(text, piece);
            isUnderstood(args, "arguments");
          });
    }
  }
}

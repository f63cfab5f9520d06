package dev.tocsin.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Generated rules and series, under the promtool that is installed and under ours: nothing is
/// expected of any alert or query, so both print all they have, and it must be the same. Samples
/// are 37 s apart and none is at the start, so that no sample lies on the edge of a window (there,
/// Prometheus 2 and 3 differ).
class PromtoolBesideTest {
  private static final int FILES = 3;
  private static final int TESTS = 40;
  private static final long SEED = 4_711;

  private static final List<String> EXPRS =
      List.of(
          "x > 3",
          "x == 2",
          "x >= 1 unless on (a) y > 2",
          "sum by (a) (x) > 5",
          "rate(x[3m]) > 0",
          "max_over_time(x[2m]) > 6",
          "absent(x{a=\"1\"})",
          "x / on (a) group_left () y > 1",
          "count(x) > 1",
          "r > 4",
          "count(ALERTS{alertname=\"B\"}) > 1",
          "sum_over_time(r[250s:1m]) > 2",
          "changes(x[5m]) > 1",
          "min without (b) (x) < 3",
          "vector(time()) % 180 == 0",
          "resets(x[10m]) > 0",
          "quantile(0.5, x) > 2");

  @TempDir private Path folder;

  private static Optional<Path> promtool() {
    String path = System.getenv().getOrDefault("PATH", "");
    return Stream.of(path.split(":"))
        .map(one -> Path.of(one, "promtool"))
        .filter(Files::isExecutable)
        .findFirst();
  }

  @Test
  void bothPrintTheSame() throws IOException, InterruptedException {
    Optional<Path> promtool = promtool();
    Assumptions.assumeTrue(promtool.isPresent(), "not there: promtool");
    RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(SEED);
    for (int i = 0; i < FILES; i++) {
      Path rules = Files.writeString(folder.resolve("rules" + i + ".yml"), rules(random));
      Path tests = folder.resolve("tests" + i + ".yml");
      Files.writeString(tests, tests(rules.getFileName().toString(), random));
      List<String> theirs = theirs(promtool.orElseThrow(), tests).lines().toList();
      List<String> ours = ours(tests).lines().toList();
      assertThat(theirs.size()).isGreaterThan(10 * TESTS);
      String difference = difference(theirs, ours);
      if (!difference.isEmpty()) {
        fail("seed " + SEED + ", file " + i + ": " + difference + "\n" + Files.readString(rules));
      }
    }
  }

  private static String difference(List<String> theirs, List<String> ours) {
    int at = 0;
    while (at < theirs.size() && at < ours.size() && theirs.get(at).equals(ours.get(at))) {
      at++;
    }
    if (at == theirs.size() && at == ours.size()) {
      return "";
    }
    String head = "line " + at + " behind " + theirs.get(Math.max(0, at - 2));
    return head + "\n" + around(theirs, ours, at) + "\n" + around(ours, theirs, at);
  }

  /// Where a line differs from the other one.
  private static String around(List<String> lines, List<String> others, int at) {
    String line = at < lines.size() ? lines.get(at) : "";
    String other = at < others.size() ? others.get(at) : "";
    int same = 0;
    while (same < Math.min(line.length(), other.length())
        && line.charAt(same) == other.charAt(same)) {
      same++;
    }
    return line.substring(Math.max(0, same - 60), Math.min(line.length(), same + 120));
  }

  private String theirs(Path promtool, Path tests) throws IOException, InterruptedException {
    Path printed = folder.resolve("printed");
    Process process =
        new ProcessBuilder(promtool.toString(), "test", "rules", tests.toString())
            .redirectError(printed.toFile())
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start();
    assertThat(process.waitFor()).isEqualTo(1);
    return Files.readString(printed);
  }

  private static String ours(Path tests) {
    ByteArrayOutputStream printed = new ByteArrayOutputStream();
    Terminal terminal =
        new Terminal(
            new PrintStream(OutputStream.nullOutputStream(), true, StandardCharsets.UTF_8),
            new PrintStream(printed, true, StandardCharsets.UTF_8));
    assertThat(Main.run(List.of("test", "rules", tests.toString()), terminal)).isEqualTo(1);
    return printed.toString(StandardCharsets.UTF_8);
  }

  private static String rules(RandomGenerator random) {
    StringBuilder out = new StringBuilder("groups:\n  - name: g\n    rules:\n");
    out.append("      - record: r\n        expr: sum by (a) (x)\n        labels: {team: ");
    out.append(random.nextBoolean() ? "t" : "\"\"").append("}\n");
    for (String name : List.of("A", "B", "B", "C", "D")) {
      out.append("      - alert: ").append(name);
      out.append("\n        expr: '").append(pick(EXPRS, random)).append("'\n");
      if (random.nextBoolean()) {
        out.append("        for: ").append(30 * random.nextInt(9)).append("s\n");
      }
      if (random.nextInt(3) == 0) {
        out.append("        keep_firing_for: ").append(30 * random.nextInt(9)).append("s\n");
      }
      String text = pick(List.of("{{ $labels.a }}", "{{ $value }}", "plain", ""), random);
      // Two rules named B are told apart: where both gave the same alert, both would write it.
      out.append("        labels: {n: 'n").append(out.length()).append("', l: '").append(text);
      out.append("'}\n        annotations: {s: 'at {{ $value | humanize }}', e: '").append(text);
      out.append("'}\n");
    }
    return out.toString();
  }

  private static String tests(String rules, RandomGenerator random) {
    StringBuilder out = new StringBuilder("rule_files: [").append(rules).append("]\ntests:\n");
    for (int i = 0; i < TESTS; i++) {
      out.append("  - name: test ").append(i).append("\n    interval: 37s\n    input_series:\n");
      for (String series :
          List.of("x{a=\"1\"}", "x{a=\"1\", b=\"2\"}", "x{a=\"2\"}", "y{a=\"1\"}")) {
        out.append("      - {series: '").append(series).append("', values: '");
        out.append(values(random)).append("'}\n");
      }
      out.append("    alert_rule_test:\n");
      for (String name : List.of("A", "B", "C", "D")) {
        for (int n = 0; n < 3; n++) {
          out.append("      - {alertname: ").append(name).append(", eval_time: ");
          out.append(random.nextInt(1800)).append("s}\n");
        }
      }
      out.append("    promql_expr_test:\n");
      for (String expr : List.of("r", "ALERTS", "ALERTS_FOR_STATE", pick(EXPRS, random))) {
        out.append("      - {expr: '").append(expr).append("', eval_time: ");
        out.append(60 * random.nextInt(30)).append("s}\n");
      }
    }
    return out.toString();
  }

  private static String values(RandomGenerator random) {
    StringBuilder out = new StringBuilder("_ ");
    for (int n = 0; n < 12; n++) {
      int times = random.nextInt(5);
      String item =
          switch (random.nextInt(7)) {
            case 0 -> "_x" + (1 + 3 * times);
            case 1 -> "stale";
            case 2 -> random.nextInt(5) + "+" + (1 + random.nextInt(2)) + "x" + times;
            default -> random.nextInt(8) + "x" + times;
          };
      out.append(item).append(' ');
    }
    return out.toString().strip();
  }

  private static String pick(List<String> all, RandomGenerator random) {
    return all.get(random.nextInt(all.size()));
  }
}

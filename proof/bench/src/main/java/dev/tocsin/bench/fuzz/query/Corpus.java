package dev.tocsin.bench.fuzz.query;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// Queries that people wrote: a few of ours and, where they are at hand, those of other projects'
/// rules and test scripts.
public final class Corpus {
  private static final List<String> OURS =
      List.of(
          "sum by (job, \"a.b\") (rate(requests_total{code=~\"5..\",job!='api'}[5m])) > 0.5",
          "histogram_quantile(0.9, sum without (zone) (rate(latency_bucket[10m:30s] offset 1m)))",
          "temperature / on (job) group_left (code) odd + ignoring (le) group_right requests_total",
          "{\"room.temperature\", job=`a\\x`, code!~\"\\u00e9\\n\\x41\\101\"} offset (5m - step())",
          "temperature[max_of(step(), 5m) + -2^2 : range() / 3] offset --5m + 1 @ 1.5e3",
          "topk(3, odd anchored) - limitk(1, rate(requests_total[5m] smoothed)) # comment",
          "label_replace(up, 'a', \"$1\", `b`, '(.*)') == bool 0x1F </ Inf >/ NaN atan2 1h30m",
          "count_values(\"v\", min_over_time((odd @ end())[1h:1m])) % sum(temperature) * on(le) odd",
          "absent_over_time(nothing{job=\"api\"}[5m]) or vector(time()) unless -temperature ^ 2");

  private static final Pattern EVALUATION =
      Pattern.compile("eval\\S* (?:instant(?: at \\S+)?|range from \\S+ to \\S+ step \\S+) (.+)");
  private static final Pattern RULE = Pattern.compile("( *(?:- )?)expr: *(.*)");

  /// Of each folder; the promtool rules alone are 10,000 nearly equal ones.
  private static final int FOLDER_MAX = 4000;

  private static final List<String> FOLDERS =
      List.of("promql", "rule_packs", "rulefmt", "rules_fixtures", "promtool");

  private Corpus() {}

  /// @param conformance the data of other projects; a folder that need not be there
  public static List<String> read(Path conformance) {
    List<String> found = new ArrayList<>(OURS);
    for (String folder : FOLDERS) {
      Path path = conformance.resolve(folder);
      if (Files.isDirectory(path)) {
        addFolder(path, found);
      }
    }
    return List.copyOf(found);
  }

  private static void addFolder(Path folder, List<String> found) {
    int end = found.size() + FOLDER_MAX;
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : files.filter(Files::isRegularFile).sorted().toList()) {
        addFile(Files.readAllLines(file), end, found);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void addFile(List<String> lines, int end, List<String> found) {
    for (int i = 0; i < lines.size() && found.size() < end; i++) {
      Matcher evaluation = EVALUATION.matcher(lines.get(i).strip());
      Matcher rule = RULE.matcher(lines.get(i));
      if (evaluation.matches()) {
        found.add(evaluation.group(1));
      } else if (rule.matches()) {
        found.add(rule(lines, i, rule.group(1).length(), rule.group(2).strip()));
      }
    }
  }

  /// What stands behind `expr:` and, deeper than it, below. No YAML reader: some are no queries.
  private static String rule(List<String> lines, int at, int column, String first) {
    StringBuilder text = new StringBuilder(first.matches("[|>].*") ? "" : unquoted(first));
    for (int i = at + 1; i < lines.size(); i++) {
      String line = lines.get(i);
      if (!line.isBlank() && line.length() - line.stripLeading().length() <= column) {
        break;
      }
      text.append('\n').append(line.strip());
    }
    return text.toString().strip();
  }

  private static String unquoted(String text) {
    boolean single = text.length() > 1 && text.startsWith("'") && text.endsWith("'");
    return single ? text.substring(1, text.length() - 1).replace("''", "'") : text;
  }
}

package dev.tocsin.promql.parse;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;

/// Expressions out of other projects' rule files and test scripts.
final class Corpus {
  private static final Pattern EXPR = Pattern.compile("( *(?:- )?)expr: *(.*)");
  private static final Pattern EVAL =
      Pattern.compile(
          "eval(?:_ordered|_warn|_info)? (?:instant(?: at \\S+)?|range from \\S+ to \\S+ step \\S+) (.*)");

  private Corpus() {}

  /// @param where file and line, for messages
  record Item(String where, String text) {}

  /// The folder of that name; the test is skipped where it is not there.
  static Path folder(String name) {
    String given = System.getenv("TOCSIN_CONFORMANCE");
    Path root =
        given != null
            ? Path.of(given)
            : Path.of(System.getProperty("tocsin.root", ".."), "../shared/conformance");
    Path folder = root.resolve(name).normalize();
    Assumptions.assumeTrue(Files.isDirectory(folder), () -> "no folder " + folder);
    return folder;
  }

  static List<Path> files(Path folder, String suffix) {
    try (Stream<Path> all = Files.list(folder)) {
      return all.filter(file -> file.toString().endsWith(suffix)).sorted().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static List<String> lines(Path file) {
    try {
      return Files.readAllLines(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// What stands behind `expr:`, be it one line or several. No YAML reader: aliases are left out.
  static List<Item> rules(Path file) {
    List<String> lines = lines(file);
    List<Item> found = new ArrayList<>();
    for (int i = 0; i < lines.size(); i++) {
      Matcher key = EXPR.matcher(lines.get(i));
      if (!key.matches() || key.group(2).startsWith("*")) {
        continue;
      }
      String first = key.group(2).replaceFirst("^&\\S+ ", "");
      boolean block = first.startsWith("|") || first.startsWith(">");
      StringBuilder text = new StringBuilder(block ? "" : unquoted(first));
      int column = key.group(1).length();
      for (int next = i + 1; next < lines.size() && isDeeper(lines.get(next), column); next++) {
        text.append('\n').append(lines.get(next));
      }
      found.add(new Item(file.getFileName() + ":" + (i + 1), text.toString()));
    }
    return found;
  }

  private static boolean isDeeper(String line, int column) {
    return line.isBlank() || line.length() - line.stripLeading().length() > column;
  }

  private static String unquoted(String text) {
    String trimmed = text.strip();
    if (trimmed.length() < 2 || !trimmed.endsWith(trimmed.substring(0, 1))) {
      return trimmed;
    }
    String inner = trimmed.substring(1, trimmed.length() - 1);
    return switch (trimmed.charAt(0)) {
      case '\'' -> inner.replace("''", "'");
      case '"' -> inner.replace("\\\"", "\"");
      default -> trimmed;
    };
  }

  /// The expressions that a test script evaluates and does not expect to fail.
  static List<Item> evaluations(Path file) {
    List<String> lines = lines(file);
    List<Item> found = new ArrayList<>();
    for (int i = 0; i < lines.size(); i++) {
      Matcher eval = EVAL.matcher(lines.get(i).strip());
      boolean fails = i + 1 < lines.size() && lines.get(i + 1).strip().startsWith("expect fail");
      if (eval.matches() && !fails) {
        found.add(new Item(file.getFileName() + ":" + (i + 1), eval.group(1)));
      }
    }
    return found;
  }
}

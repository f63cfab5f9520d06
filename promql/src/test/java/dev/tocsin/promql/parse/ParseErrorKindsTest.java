package dev.tocsin.promql.parse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// The table of docs/promql-errors.md: every kind of error, with examples, places and messages.
class ParseErrorKindsTest {
  /// An example as documented.
  ///
  /// @param told `start-end message`
  record Example(ParseErrorKind kind, String query, String told) {}

  static Stream<Example> examples() throws IOException {
    Path root = Path.of(System.getProperty("tocsin.root", ".."));
    List<Example> found = new ArrayList<>();
    ParseErrorKind kind = ParseErrorKind.TOO_LONG;
    boolean within = false;
    String query = "";
    for (String line : Files.readAllLines(root.resolve("docs/promql-errors.md"))) {
      if (line.matches("## [A-Z0-9_]+")) {
        kind = ParseErrorKind.valueOf(line.substring(3));
      } else if (line.startsWith("```")) {
        within = !within;
      } else if (within && line.startsWith("  ")) {
        found.add(new Example(kind, query, line.strip()));
      } else {
        query = line;
      }
    }
    return found.stream();
  }

  @ParameterizedTest
  @MethodSource("examples")
  void examplesAreAsDocumented(Example example) {
    ParseOptions options =
        example.kind == ParseErrorKind.NOT_ENABLED ? ParseOptions.DEFAULT : ParseOptions.ALL;
    ParseException failure =
        catchThrowableOfType(
            ParseException.class, () -> PromqlParser.parse(example.query, options));
    assertThat(failure).isNotNull();
    assertThat(failure.start() + "-" + failure.end() + "  " + failure.getMessage())
        .isEqualTo(example.told);
    assertThat(failure.kind()).isEqualTo(example.kind);
  }

  @Test
  void everyKindIsDocumented() throws IOException {
    Set<ParseErrorKind> kinds = EnumSet.of(ParseErrorKind.TOO_LONG, ParseErrorKind.TOO_DEEP);
    List<Example> all = examples().toList();
    all.forEach(example -> kinds.add(example.kind));
    assertThat(kinds).containsExactlyInAnyOrderElementsOf(Arrays.asList(ParseErrorKind.values()));
    assertThat(all).hasSizeGreaterThan(150);
  }

  @Test
  void limitsAreKindsToo() {
    assertThat(kind("1" + "+1".repeat(PromqlParser.LENGTH_MAX / 2)))
        .isEqualTo(ParseErrorKind.TOO_LONG);
    assertThat(kind("(".repeat(200))).isEqualTo(ParseErrorKind.TOO_DEEP);
    assertThat(kind("1" + "+1".repeat(600))).isEqualTo(ParseErrorKind.TOO_DEEP);
  }

  private static ParseErrorKind kind(String text) {
    ParseException failure =
        catchThrowableOfType(ParseException.class, () -> PromqlParser.parse(text));
    assertThat(failure).isNotNull();
    return failure.kind();
  }
}

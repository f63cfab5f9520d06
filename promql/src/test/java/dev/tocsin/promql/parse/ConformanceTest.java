package dev.tocsin.promql.parse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tocsin.promql.print.Printer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What other projects write is understood, and printing it is stable.
class ConformanceTest {
  private static void check(List<Corpus.Item> items) {
    List<String> problems = new ArrayList<>();
    for (Corpus.Item item : items) {
      try {
        String once = Printer.print(PromqlParser.parse(item.text(), ParseOptions.ALL));
        String twice = Printer.print(PromqlParser.parse(once, ParseOptions.ALL));
        if (!once.equals(twice)) {
          problems.add(item.where() + ": " + once + " becomes " + twice);
        }
      } catch (ParseException e) {
        problems.add(item.where() + ": " + e.getMessage() + " in " + item.text());
      }
    }
    assertThat(problems).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "rule_packs,.yaml,75",
    "rulefmt,.yaml,15",
    "rules_fixtures,.yaml,50",
    "promtool,.yml,10000"
  })
  void rules(String folder, String suffix, int atLeast) {
    List<Corpus.Item> items = new ArrayList<>();
    for (Path file : Corpus.files(Corpus.folder(folder), suffix)) {
      String name = String.valueOf(file.getFileName());
      if (!name.equals("bad_expr.bad.yaml") && !name.equals("bad-rules-syntax.yml")) {
        items.addAll(Corpus.rules(file));
      }
    }
    check(items);
    assertThat(items).hasSizeGreaterThan(atLeast);
  }

  @Test
  void scripts() {
    List<Corpus.Item> items = new ArrayList<>();
    for (Path file : Corpus.files(Corpus.folder("promql"), ".test")) {
      items.addAll(Corpus.evaluations(file));
    }
    check(items);
    assertThat(items).hasSizeGreaterThan(2100);
  }

  @Test
  void aRuleThatMakesNoSenseIsRefused() {
    Path file = Corpus.folder("rulefmt").resolve("bad_expr.bad.yaml");
    String text = Corpus.rules(file).getFirst().text();
    assertThatThrownBy(() -> PromqlParser.parse(text))
        .hasMessage(
            "1:6: parse error: expected type range vector in call to function \"rate\", got instant"
                + " vector");
  }
}

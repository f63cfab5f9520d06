package dev.tocsin.rules.record;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tocsin.model.labels.Labels;
import dev.tocsin.promql.ast.Expr;
import dev.tocsin.promql.ast.Span;
import dev.tocsin.promql.value.Value.Element;
import dev.tocsin.rules.file.RecordingRule;
import dev.tocsin.rules.file.TextEntry;
import java.util.List;
import org.junit.jupiter.api.Test;

class RecordingTest {
  private static final RecordingRule RULE =
      new RecordingRule(
          "job:load",
          new Expr.NumberLiteral(1, false, Span.NONE),
          "1",
          List.of(new TextEntry("gone", ""), new TextEntry("team", "a")));

  private static Element element(double value, String... labels) {
    return new Element(Labels.of(labels), 0, value);
  }

  @Test
  void theNameIsReplacedAndLabelsOverwriteAndEmptyOnesRemove() {
    List<Element> result =
        List.of(element(1, "__name__", "load", "team", "b", "gone", "x", "host", "h"));
    assertThat(Recording.of(RULE, result, 0))
        .isEqualTo(
            new Recording.Recorded(
                List.of(
                    new RuleSample(
                        Labels.of("__name__", "job:load", "team", "a", "host", "h"), 1))));
  }

  @Test
  void twoResultsWithTheSameLabelsFailTheWholeRule() {
    List<Element> result = List.of(element(1, "team", "b"), element(2, "team", "c"));
    assertThat(Recording.of(RULE, result, 0))
        .isEqualTo(
            new Recording.Failed(
                "vector contains metrics with the same labelset after applying rule labels"));
  }

  @Test
  void moreSeriesThanTheLimitFailTheWholeRule() {
    List<Element> result = List.of(element(1, "h", "1"), element(2, "h", "2"));
    assertThat(Recording.of(RULE, result, 2)).isInstanceOf(Recording.Recorded.class);
    assertThat(Recording.of(RULE, result, 1))
        .isEqualTo(new Recording.Failed("exceeded limit of 1 with 2 series"));
  }
}

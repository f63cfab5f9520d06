package dev.tocsin.engine.unittest;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ColoredDiffTest {
  private static String plain(String text) {
    return text.replace("\u001b[0;31m", "<-")
        .replace("\u001b[0;32m", "<+")
        .replace("\u001b[0;33m", "<~")
        .replace("\u001b[0m", ">");
  }

  private static AlertText alert(Map<String, String> labels) {
    return new AlertText(Pairs.of(labels), Pairs.of(Map.of()));
  }

  @Test
  void whatIsMissingMoreOrOtherIsMarked() {
    List<AlertText> expected = List.of(alert(Map.of("a", "1", "b", "x\"")));
    List<AlertText> got = List.of(alert(Map.of("b", "y", "c", "2")), alert(Map.of()));
    assertThat(plain(ColoredDiff.of(AlertText.json(expected), AlertText.json(got))))
        .isEqualTo(
            """
            [
                {
                    "Annotations": {},
                    "Labels": {
                        <-"a": "1">,
                        <~"x\\"" => "y">,
                        <+"c": "2">
                    }
                },
                <+{
                    "Annotations": {},
                    "Labels": {}
                }>
            ]\
            """
                .replace("<~", "\"b\": <~"));
  }
}

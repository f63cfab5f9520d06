package dev.tocsin.bench.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class JsonTest {
  @Test
  void everyKindOfValueIsRead() {
    Json json =
        Json.parse(
            " {\"a\": [1.5e3, -2, \"x\\n\\u00e9\\\"\"], \"b\": {}, \"c\": true, \"d\": null} ");
    assertThat(json.get("a").list().get(0).number()).isEqualTo(1500);
    assertThat(json.get("a").list().get(1).text()).isEqualTo("-2");
    assertThat(json.get("a").list().get(2).text()).isEqualTo("x\né\"");
    assertThat(json.get("b").map()).isEmpty();
    assertThat(json.get("c").text()).isEqualTo("true");
    assertThat(json.has("d")).isTrue();
    assertThat(json.has("e")).isFalse();
  }

  @Test
  void whatIsNoJsonIsRefused() {
    for (String text :
        List.of("", "{", "[1,]", "{\"a\":1,\"a\":2}", "\"a", "nul", "1 2", "\"\\x\"", "\"\n\"")) {
      assertThatThrownBy(() -> Json.parse(text))
          .as(text)
          .isInstanceOf(IllegalStateException.class)
          .hasMessageContaining("expected");
    }
  }

  @Test
  void whatIsNotThereIsNamed() {
    assertThatThrownBy(() -> Json.parse("{\"a\":1}").get("b")).hasMessageContaining("\"b\"");
  }
}

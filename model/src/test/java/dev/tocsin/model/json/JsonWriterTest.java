package dev.tocsin.model.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tocsin.model.labels.Labels;
import java.util.List;
import org.junit.jupiter.api.Test;

class JsonWriterTest {
  @Test
  void separatesMembersAndElements() {
    String json =
        new JsonWriter()
            .beginObject()
            .field("a", "x")
            .field("n", 3)
            .name("list")
            .beginArray()
            .value(true)
            .nullValue()
            .beginObject()
            .endObject()
            .beginArray()
            .endArray()
            .value(-1L)
            .endArray()
            .field("labels", Labels.of("b", "2", "a", "1"))
            .name("words")
            .value(List.of("p", "q"))
            .endObject()
            .toString();
    assertThat(json)
        .isEqualTo(
            "{\"a\":\"x\",\"n\":3,\"list\":[true,null,{},[],-1],"
                + "\"labels\":{\"a\":\"1\",\"b\":\"2\"},\"words\":[\"p\",\"q\"]}");
  }

  @Test
  void escapesWhatMustBeEscapedAndNothingElse() {
    assertThat(new JsonWriter().value("\"\\\n\r\t\u0001\u007f\u2028é世😀/<>").toString())
        .isEqualTo("\"\\\"\\\\\\n\\r\\t\\u0001\\u007f\\u2028é世😀/<>\"");
  }

  @Test
  void replacesHalfAPairOfSurrogates() {
    assertThat(new JsonWriter().value("a\ud83d").toString()).isEqualTo("\"a\ufffd\"");
    assertThat(new JsonWriter().value("\ude00b").toString()).isEqualTo("\"\ufffdb\"");
  }

  @Test
  void printsNumbersAsPrometheusDoes() {
    JsonWriter json = new JsonWriter().beginArray();
    json.floatString(0.25).floatString(Double.POSITIVE_INFINITY).floatString(Double.NaN);
    json.floatString(1e-6).floatString(-1e-7).floatString(1e20).floatString(1e21).floatString(-0.0);
    json.value(1e21).value(Double.NEGATIVE_INFINITY);
    json.seconds(1435781451781L).seconds(1435781451000L).seconds(1005).seconds(-1);
    assertThat(json.endArray().toString())
        .isEqualTo(
            "[\"0.25\",\"+Inf\",\"NaN\","
                + "\"0.000001\",\"-1e-07\",\"100000000000000000000\",\"1e+21\",\"-0\",1000000000000000000000,\"-Inf\","
                + "1435781451.781,1435781451,1.005,-0.001]");
  }

  @Test
  void printsTimesAsGoDoes() {
    assertThat(JsonWriter.rfc3339(0)).isEqualTo("0001-01-01T00:00:00Z");
    assertThat(JsonWriter.rfc3339(1_700_000_000_000L)).isEqualTo("2023-11-14T22:13:20Z");
    assertThat(JsonWriter.rfc3339(1_700_000_000_500L)).isEqualTo("2023-11-14T22:13:20.5Z");
    assertThat(JsonWriter.rfc3339(1_700_000_000_120L)).isEqualTo("2023-11-14T22:13:20.12Z");
  }

  @Test
  void refusesWrongNesting() {
    assertThatThrownBy(() -> new JsonWriter().beginObject().value(1L))
        .isInstanceOf(IllegalStateException.class);
    assertThatThrownBy(() -> new JsonWriter().beginArray().endObject())
        .isInstanceOf(IllegalStateException.class);
    assertThatThrownBy(() -> new JsonWriter().beginArray().name("x"))
        .isInstanceOf(IllegalStateException.class);
    assertThatThrownBy(() -> new JsonWriter().value(1L).value(2L))
        .isInstanceOf(IllegalStateException.class);
    assertThatThrownBy(() -> new JsonWriter().beginArray().toString())
        .isInstanceOf(IllegalStateException.class);
  }
}

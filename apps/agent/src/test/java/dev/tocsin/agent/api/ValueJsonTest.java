package dev.tocsin.agent.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tocsin.model.json.JsonWriter;
import dev.tocsin.model.labels.Labels;
import dev.tocsin.promql.value.Value;
import java.util.List;
import org.junit.jupiter.api.Test;

class ValueJsonTest {
  private static String json(Value value, int limit) {
    JsonWriter json = new JsonWriter().beginObject();
    ValueJson.write(json, value, limit, new QueryLimits(1000, 1000, 10_000));
    return json.endObject().toString();
  }

  @Test
  void scalarsAndStringsArePairs() {
    assertThat(json(new Value.Scalar(1500, 0.25), 0))
        .isEqualTo("{\"resultType\":\"scalar\",\"result\":[1.500,\"0.25\"]}");
    assertThat(json(new Value.Text(2000, "x"), 0))
        .isEqualTo("{\"resultType\":\"string\",\"result\":[2,\"x\"]}");
  }

  @Test
  void vectorsHoldTheirLabels() {
    Value vector =
        new Value.Vector(
            List.of(
                new Value.Element(Labels.of("__name__", "up", "job", "a"), 1000, Double.NaN),
                new Value.Element(Labels.of(), 1000, 1e-7)));
    assertThat(json(vector, 0))
        .isEqualTo(
            "{\"resultType\":\"vector\",\"result\":["
                + "{\"metric\":{\"__name__\":\"up\",\"job\":\"a\"},\"value\":[1,\"NaN\"]},"
                + "{\"metric\":{},\"value\":[1,\"1e-07\"]}]}");
  }

  @Test
  void aLimitCutsSeriesAndSaysSo() {
    Value.Row row = new Value.Row(Labels.of("a", "1"), new long[] {1000}, new double[] {1e21});
    Value matrix = new Value.Matrix(List.of(row, row));
    assertThat(json(matrix, 1))
        .isEqualTo(
            "{\"resultType\":\"matrix\",\"result\":["
                + "{\"metric\":{\"a\":\"1\"},\"values\":[[1,\"1e+21\"]]}]}");
    assertThat(ValueJson.isCut(matrix, 1)).isTrue();
    assertThat(ValueJson.isCut(matrix, 2)).isFalse();
    assertThat(ValueJson.isCut(matrix, 0)).isFalse();
  }
}

package dev.tocsin.agent.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tocsin.model.histogram.Buckets;
import dev.tocsin.model.histogram.FloatHistogram;
import dev.tocsin.model.histogram.ResetHint;
import dev.tocsin.model.json.JsonWriter;
import dev.tocsin.model.labels.Labels;
import dev.tocsin.promql.value.Value;
import java.util.List;
import org.jspecify.annotations.Nullable;
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

  private static FloatHistogram histogram() {
    return new FloatHistogram(
        ResetHint.UNKNOWN,
        0,
        0.25,
        1,
        6,
        -2.5,
        new Buckets(new int[] {0}, new int[] {3}, new double[] {2, 0, 1}),
        new Buckets(new int[] {1}, new int[] {1}, new double[] {2}),
        new double[0]);
  }

  private static final String HISTOGRAM =
      "{\"count\":\"6\",\"sum\":\"-2.5\",\"buckets\":[[1,\"-2\",\"-1\",\"2\"],"
          + "[3,\"-0.25\",\"0.25\",\"1\"],[0,\"0.5\",\"1\",\"2\"],[0,\"2\",\"4\",\"1\"]]}";

  @Test
  void histogramsAreObjectsWithTheirBuckets() {
    Value.Element element = new Value.Element(Labels.of("a", "1"), 1500, Double.NaN, histogram());
    assertThat(json(new Value.Vector(List.of(element)), 0))
        .isEqualTo(
            "{\"resultType\":\"vector\",\"result\":[{\"metric\":{\"a\":\"1\"},"
                + "\"histogram\":[1.500,"
                + HISTOGRAM
                + "]}]}");
  }

  @Test
  void aRowTellsNumbersAndHistogramsApart() {
    Value.Row mixed =
        new Value.Row(
            Labels.of("a", "1"),
            new long[] {1000, 2000, 3000},
            new double[] {1, 0, 3},
            new @Nullable FloatHistogram[] {null, histogram(), null});
    Value.Row histograms =
        new Value.Row(
            Labels.of("a", "2"),
            new long[] {1000},
            new double[] {0},
            new @Nullable FloatHistogram[] {histogram()});
    assertThat(json(new Value.Matrix(List.of(mixed, histograms)), 0))
        .isEqualTo(
            "{\"resultType\":\"matrix\",\"result\":[{\"metric\":{\"a\":\"1\"},"
                + "\"values\":[[1,\"1\"],[3,\"3\"]],\"histograms\":[[2,"
                + HISTOGRAM
                + "]]},{\"metric\":{\"a\":\"2\"},\"histograms\":[[1,"
                + HISTOGRAM
                + "]]}]}");
  }

  @Test
  void aHistogramWithoutObservationsHasNoBuckets() {
    FloatHistogram none = histogram().times(0);
    Value.Element element = new Value.Element(Labels.empty(), 1000, Double.NaN, none);
    assertThat(json(new Value.Vector(List.of(element)), 0))
        .contains("{\"count\":\"0\",\"sum\":\"-0\"}");
  }
}

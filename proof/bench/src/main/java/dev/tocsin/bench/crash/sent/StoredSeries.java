package dev.tocsin.bench.crash.sent;

import dev.tocsin.bench.json.Json;
import java.util.List;

/// The samples of one series as the agent gives them back.
///
/// @param series its label `series`
public record StoredSeries(String series, long[] timesMs, double[] values) {
  /// Of an element of a matrix, as Prometheus's API writes it.
  public static StoredSeries of(Json element) {
    List<Json> samples = element.get("values").list();
    long[] timesMs = new long[samples.size()];
    double[] values = new double[samples.size()];
    for (int i = 0; i < timesMs.length; i++) {
      List<Json> sample = samples.get(i).list();
      timesMs[i] = Math.round(sample.get(0).number() * 1000);
      values[i] = sample.get(1).number();
    }
    return new StoredSeries(element.get("metric").get("series").text(), timesMs, values);
  }
}

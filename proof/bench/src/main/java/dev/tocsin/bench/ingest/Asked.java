package dev.tocsin.bench.ingest;

import dev.tocsin.bench.http.HttpAnswer;
import dev.tocsin.bench.http.Probe;
import dev.tocsin.bench.json.Json;
import dev.tocsin.bench.memory.ClusterSeries;
import dev.tocsin.model.labels.Labels;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;

/// Asks a program for its own counts, and for its samples over the API of Prometheus.
final class Asked {
  private Asked() {}

  /// The sum of all samples of one name on `/metrics` whose labels have the text; 0 where there are
  /// none.
  static double metric(URI address, String name, String labels) {
    double sum = 0;
    for (String line : Probe.get(address, "/metrics").text().lines().toList()) {
      String rest = line.startsWith(name) ? line.substring(name.length()) : "";
      if ((rest.startsWith(" ") || rest.startsWith("{")) && rest.contains(labels)) {
        sum += Double.parseDouble(rest.substring(rest.lastIndexOf(' ') + 1));
      }
    }
    return sum;
  }

  /// Series that answer at a time, and the value of the first; asked in pieces, which no limit of a
  /// query forbids.
  static IngestSubject.Stored stored(URI address, long samples, int series, long lastMs) {
    double found = 0;
    for (String selector : ClusterSeries.pieces(series)) {
      double piece = query(address, "count(" + selector + ")", lastMs);
      found += Double.isNaN(piece) ? 0 : piece;
    }
    return new IngestSubject.Stored(samples, (long) found, query(address, selector(0), lastMs));
  }

  private static String selector(int series) {
    Labels labels = new ClusterSeries(false).labels(series);
    StringBuilder text = new StringBuilder("{");
    for (int i = 0; i < labels.size(); i++) {
      text.append(i == 0 ? "" : ",").append(labels.name(i));
      text.append("=\"").append(labels.value(i)).append('"');
    }
    return text.append('}').toString();
  }

  /// The value of the only element; NaN where there is none.
  private static double query(URI address, String expression, long timeMs) {
    String encoded = URLEncoder.encode(expression, StandardCharsets.UTF_8);
    String path = "/api/v1/query?query=" + encoded + "&time=" + timeMs / 1000;
    HttpAnswer answer = Probe.get(address, path);
    if (answer.status() != 200) {
      throw new IllegalStateException(path + " was answered " + answer);
    }
    List<Json> result = Json.parse(answer.text()).get("data").get("result").list();
    return result.isEmpty()
        ? Double.NaN
        : Double.parseDouble(result.getFirst().get("value").list().get(1).text());
  }
}

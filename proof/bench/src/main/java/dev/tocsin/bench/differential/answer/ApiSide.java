package dev.tocsin.bench.differential.answer;

import dev.tocsin.bench.http.HttpAnswer;
import dev.tocsin.bench.http.HttpConnection;
import dev.tocsin.bench.json.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// A server with Prometheus's query API, asked on one connection that is kept alive. Not
/// thread-safe.
public final class ApiSide implements Side, AutoCloseable {
  private static final Map<String, String> FORM =
      Map.of("Content-Type", "application/x-www-form-urlencoded");

  private final URI address;
  private @Nullable HttpConnection connection;

  public ApiSide(URI address) {
    this.address = address;
  }

  @Override
  public Answer ask(Question question) {
    String form = "query=" + encoded(question.query());
    String path = "/api/v1/query";
    if (question.isRange()) {
      path = "/api/v1/query_range";
      form += "&start=" + Question.seconds(question.startMs());
      form += "&end=" + Question.seconds(question.endMs());
      form += "&step=" + Question.seconds(question.stepMs());
    } else {
      form += "&time=" + Question.seconds(question.startMs());
    }
    return read(post(path, form.getBytes(StandardCharsets.US_ASCII)));
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  /// A server may have closed the connection since the last answer: then once more on a new one.
  private HttpAnswer post(String path, byte[] form) {
    HttpConnection kept = connection;
    try {
      if (kept != null) {
        try {
          return kept.send("POST", path, FORM, form);
        } catch (IOException e) {
          kept.close();
        }
      }
      HttpConnection fresh = HttpConnection.open(address);
      connection = fresh;
      return fresh.send("POST", path, FORM, form);
    } catch (IOException e) {
      throw new UncheckedIOException("no answer from " + address, e);
    }
  }

  private static Answer read(HttpAnswer answer) {
    if (!answer.text().startsWith("{")) {
      return new Answer.Failure("status " + answer.status(), answer.text());
    }
    Json json = Json.parse(answer.text());
    if (json.get("status").text().equals("error")) {
      return new Answer.Failure(json.get("errorType").text(), json.get("error").text());
    }
    Json data = json.get("data");
    String type = data.get("resultType").text();
    return new Answer.Success(
        type, series(type, data.get("result")), texts(json, "warnings"), texts(json, "infos"));
  }

  private static List<String> texts(Json json, String field) {
    return json.has(field) ? json.get(field).list().stream().map(Json::text).toList() : List.of();
  }

  private static List<Answer.Series> series(String type, Json result) {
    return switch (type) {
      case "scalar" -> List.of(new Answer.Series(Map.of(), List.of(point(result))));
      case "string" ->
          List.of(new Answer.Series(Map.of("string", result.list().get(1).text()), List.of()));
      default -> result.list().stream().map(ApiSide::series).toList();
    };
  }

  private static Answer.Series series(Json json) {
    Map<String, String> labels = new TreeMap<>();
    json.get("metric").map().forEach((name, value) -> labels.put(name, value.text()));
    List<Answer.Point> points = new ArrayList<>();
    for (String field : List.of("value", "histogram")) {
      if (json.has(field)) {
        points.add(point(json.get(field)));
      }
    }
    for (String field : List.of("values", "histograms")) {
      if (json.has(field)) {
        json.get(field).list().forEach(pair -> points.add(point(pair)));
      }
    }
    // Floats and histograms come apart.
    points.sort(Comparator.comparingLong(Answer.Point::timeMs));
    return new Answer.Series(labels, points);
  }

  private static Answer.Point point(Json pair) {
    long timeMs = Math.round(pair.list().get(0).number() * 1000);
    Json value = pair.list().get(1);
    return value instanceof Json.Fields
        ? new Answer.Point(timeMs, Double.NaN, histogram(value))
        : new Answer.Point(timeMs, number(value.text()), null);
  }

  private static Answer.HistogramPoint histogram(Json json) {
    List<Answer.Bucket> buckets = new ArrayList<>();
    if (json.has("buckets")) {
      for (Json bucket : json.get("buckets").list()) {
        List<Json> parts = bucket.list();
        buckets.add(
            new Answer.Bucket(
                (int) parts.get(0).number(),
                number(parts.get(1).text()),
                number(parts.get(2).text()),
                number(parts.get(3).text())));
      }
    }
    return new Answer.HistogramPoint(
        number(json.get("count").text()), number(json.get("sum").text()), buckets);
  }

  private static double number(String text) {
    return switch (text) {
      case "+Inf", "Inf" -> Double.POSITIVE_INFINITY;
      case "-Inf" -> Double.NEGATIVE_INFINITY;
      default -> Double.parseDouble(text);
    };
  }

  @Override
  public void close() {
    HttpConnection kept = connection;
    if (kept != null) {
      kept.close();
    }
  }
}

package dev.tocsin.system.endtoend;

import dev.tocsin.bench.json.Json;
import dev.tocsin.bench.process.ProcessRun;
import dev.tocsin.bench.remotewrite.TimedSample;
import dev.tocsin.model.labels.Labels;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Data and requests for a comparison with a real Prometheus.
final class ApiRequests {
  private static final int STEPS = 20;
  private static final long STEP_MS = 15_000;

  /// Members that tell of the program and not of the data: times, and how much it held at once.
  private static final List<String> OWN =
      List.of("timings", "peakSamples", "samplesRead", "samplesReadPerStep");

  /// No version's texts are the same.
  private static final int NEVER = 99;

  private ApiRequests() {}

  /// @param since the first major version that answers it like this
  /// @param textSince the first whose error texts are the same
  record Request(String path, int since, int textSince) {
    /// The answer without what may differ.
    Json comparable(Json answer, int version) {
      return cleaned(answer, version < textSince);
    }
  }

  private static Json cleaned(Json json, boolean withoutText) {
    return switch (json) {
      case Json.Fields(Map<String, Json> fields) -> {
        Map<String, Json> sorted = new TreeMap<>();
        fields.forEach(
            (name, value) -> {
              if (!OWN.contains(name) && !(withoutText && name.equals("error"))) {
                sorted.put(name, cleaned(value, withoutText));
              }
            });
        yield new Json.Fields(new LinkedHashMap<>(sorted));
      }
      case Json.Items(List<Json> items) -> {
        List<Json> cleaned = new ArrayList<>();
        items.forEach(item -> cleaned.add(cleaned(item, withoutText)));
        // Elements of a vector come in any order.
        if (cleaned.stream().allMatch(item -> item.has("metric") || item.has("__name__"))) {
          cleaned.sort(Comparator.comparing(Json::toString));
        }
        yield new Json.Items(cleaned);
      }
      default -> json;
    };
  }

  static int majorVersion(Path program) {
    ProcessRun run =
        ProcessRun.start(Path.of("."), Map.of(), List.of(program.toString(), "--version"));
    int _ = run.awaitExit(Duration.ofSeconds(20));
    Matcher version = Pattern.compile("version (\\d+)").matcher(run.log());
    if (!version.find()) {
      throw new IllegalStateException("no version: " + run.log());
    }
    return Integer.parseInt(version.group(1));
  }

  /// In the order of time.
  static List<List<TimedSample>> samples(long baseMs) {
    List<List<TimedSample>> batches = new ArrayList<>();
    for (int step = 0; step < STEPS; step++) {
      long timeMs = baseMs + step * STEP_MS;
      List<TimedSample> batch = new ArrayList<>();
      for (String job : List.of("api", "db", "web")) {
        for (int i = 0; i < 3; i++) {
          Labels labels = Labels.of("__name__", "requests_total", "i", "" + i, "job", job);
          double value = step * (i + 1) * job.length();
          batch.add(new TimedSample(labels, timeMs, value));
        }
      }
      batch.add(
          new TimedSample(Labels.of("__name__", "heat", "room", "a \"b\" <c>\n"), timeMs, -0.5));
      if (step < 5) {
        batch.add(new TimedSample(Labels.of("__name__", "early", "x", "1"), timeMs, 1e-9));
      }
      if (step > 14) {
        batch.add(new TimedSample(Labels.of("__name__", "late", "x", "é"), timeMs, 1e300));
      }
      batches.add(batch);
    }
    return batches;
  }

  static List<Request> all(long baseMs) {
    List<Request> all = new ArrayList<>();
    queries(all, baseMs);
    parameters(all, baseMs);
    series(all, baseMs);
    others(all);
    return all;
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  private static void add(List<Request> all, String path) {
    all.add(new Request("/api/v1/" + path, 2, 3));
  }

  /// What only Prometheus 3 answers like this.
  private static void addNew(List<Request> all, String path) {
    all.add(new Request("/api/v1/" + path, 3, 3));
  }

  private static String seconds(long ms) {
    return Double.toString(ms / 1000.0);
  }

  private static void queries(List<Request> all, long baseMs) {
    String end = seconds(baseMs + STEPS * STEP_MS);
    List<String> expressions =
        List.of(
            "requests_total",
            "heat",
            "early",
            "late",
            "sum by (job) (rate(requests_total[2m]))",
            "topk(2, requests_total)",
            "requests_total / on(job, i) requests_total",
            "requests_total * on(job) group_left() sum by (job) (requests_total)",
            "max_over_time(requests_total[1m:10s])",
            "quantile(2, requests_total)",
            "rate(heat[1m])",
            "count_values(\"v\", requests_total)",
            "absent(nothing{a=\"b\"})",
            "label_replace(heat, \"x\", \"$1\", \"room\", \"(.).*\")",
            "vector(0) / 0",
            "1 / 0",
            "scalar(heat) * -1",
            "time()",
            "requests_total offset 1m",
            "requests_total @ " + seconds(baseMs + 30_000),
            "requests_total[",
            "sum(",
            "nosuch(1)",
            "{}",
            "requests_total{a=~\"(\"}",
            "1 + \"a\"",
            "bottomk(heat, heat)",
            "");
    for (String expression : expressions) {
      String query = "query=" + encoded(expression);
      addNew(all, "query?time=" + end + "&" + query);
      addNew(all, "query?stats=all&time=" + end + "&" + query);
      String range = "start=" + seconds(baseMs) + "&end=" + end + "&step=15&";
      addNew(all, "query_range?" + range + query);
      addNew(all, "query_range?stats=all&" + range + query);
      addNew(all, "format_query?" + query);
    }
    for (String expression : List.of("requests_total[1m]", "\"text\"", "requests_total[1m:15s]")) {
      // Prometheus 2 takes the sample at the start of a range, too.
      addNew(all, "query?time=" + end + "&query=" + encoded(expression));
    }
    // Which two of several it names is left open by Prometheus before 3.14.
    String ambiguous = encoded("requests_total + on(i) requests_total");
    all.add(new Request("/api/v1/query?time=" + end + "&query=" + ambiguous, 2, NEVER));
    add(all, "query?time=" + end + "&query=sum(requests_total)");
    add(all, "query?time=" + end + "&query=1");
  }

  private static void parameters(List<Request> all, long baseMs) {
    String end = seconds(baseMs + STEPS * STEP_MS);
    for (String query :
        List.of(
            "query?query=heat&time=x",
            "query?query=heat&timeout=x",
            "query?query=heat&timeout=1e20",
            "query?time=" + end,
            "query_range?query=heat",
            "query_range?query=heat&start=0&end=x",
            "query_range?query=heat&start=2&end=1&step=1",
            "query_range?query=heat&start=0&end=10&step=0",
            "query_range?query=heat&start=0&end=10&step=-1",
            "query_range?query=heat&start=0&end=10&step=NaN",
            "query_range?query=heat&start=0&end=10&step=Inf",
            "query_range?query=heat&start=0&end=10&step=1x",
            "query_range?query=heat&start=0&end=11001&step=1",
            "query_range?query=heat[1m]&start=0&end=10&step=1",
            "query_range?query=1&start=0&end=10.0005&step=0.5",
            "query_range?query=1&start=1.0005&end=3&step=1m",
            "query_range?query=1&start=2026-01-01T00:00:00Z&end=2026-01-01T00:00:01.5Z&step=0.5")) {
      add(all, query);
    }
    for (String query :
        List.of(
            "query?query=heat&limit=x",
            "query?query=heat&limit=-1",
            "query?query=heat&limit=99999999999999999999",
            "query?query=heat&lookback_delta=x",
            "query?query=sort(requests_total)&limit=2&time=" + end,
            "query?query=heat&lookback_delta=1s&time=" + end,
            "query?query=heat&stats=true&time=" + end)) {
      addNew(all, query);
    }
  }

  private static void series(List<Request> all, long baseMs) {
    String middle = seconds(baseMs + STEPS / 2 * STEP_MS);
    String match = "match[]=" + encoded("{__name__=~\"heat|early|late\"}");
    for (String query :
        List.of(
            "series",
            "series?match[]=requests_total",
            "series?" + match,
            "series?match[]=heat&match[]=early&match[]=nothing",
            "series?match[]=heat&start=x",
            "series?match[]=heat&end=1",
            "labels",
            "labels?match[]=heat",
            "labels?match[]=heat&match[]=early",
            "labels?match[]=nothing",
            "labels?end=x",
            "label/__name__/values",
            "label/job/values",
            "label/job/values?match[]=requests_total",
            "label/job/values?match[]=heat",
            "label/nothing/values",
            "label/room/values?" + match)) {
      add(all, query);
    }
    for (String query :
        List.of(
            "series?match[]=requests_total&limit=20",
            "series?match[]=heat&limit=x",
            "series?match[]=",
            "series?match[]=" + encoded("{}"),
            "series?match[]=" + encoded("{a=\"\"}"),
            "series?match[]=heat[5m]",
            "series?match[]=heat%20offset%201m",
            "series?match[]=sum(heat)",
            "series?match[]=1",
            "series?match[]=sum",
            "series?match[]=%zz",
            "labels?limit=1",
            "labels?limit=-1",
            "labels?match[]=" + encoded("{"),
            "labels?match[]=" + encoded("{}"),
            "label/job/values?limit=2",
            "label/U__job/values",
            "label/U__a_2e_b/values",
            "label/a%20b/values",
            "label/job/values?start=" + middle)) {
      addNew(all, query);
    }
  }

  private static void others(List<Request> all) {
    for (String query :
        List.of(
            "metadata",
            "metadata?limit=x",
            "query_exemplars?query=heat",
            "query_exemplars?query=1",
            "query_exemplars?query=heat&start=2&end=1",
            "status/tsdb?limit=0")) {
      addNew(all, query);
    }
  }
}

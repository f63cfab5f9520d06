package dev.tocsin.agent.api;

import dev.tocsin.agent.api.ApiException.Kind;
import dev.tocsin.engine.SeriesSearch;
import dev.tocsin.model.json.JsonWriter;
import dev.tocsin.model.labels.Labels;
import dev.tocsin.world.net.HttpReply;
import dev.tocsin.world.net.HttpRequest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.OptionalInt;
import java.util.PriorityQueue;
import java.util.function.BooleanSupplier;
import java.util.function.Function;

/// `status/tsdb`: how many series there are, and which names and labels have the most.
public final class CardinalityApi {
  private static final int LIMIT = 10;
  private static final int LIMIT_MAX = 10_000;

  private final Function<BooleanSupplier, SeriesSearch> searches;
  private final Turns turns;

  public CardinalityApi(Function<BooleanSupplier, SeriesSearch> searches, Turns turns) {
    this.searches = searches;
    this.turns = turns;
  }

  public HttpReply status(HttpRequest request) throws IOException {
    int limit = limit(Form.of(request).get("limit"));
    return turns.take(request, turn -> status(searches.apply(turn), limit));
  }

  private static int limit(String text) {
    if (text.isEmpty()) {
      return LIMIT;
    }
    OptionalInt number = ApiNumber.whole(text);
    if (number.isEmpty() || number.getAsInt() < 1) {
      throw new ApiException(Kind.BAD_DATA, "limit must be a positive number");
    }
    if (number.getAsInt() > LIMIT_MAX) {
      throw new ApiException(Kind.BAD_DATA, "limit must not exceed " + LIMIT_MAX);
    }
    return number.getAsInt();
  }

  private record Count(String name, long value) {}

  /// The largest counts.
  private static final class Top {
    private static final Comparator<Count> SMALLEST =
        Comparator.comparingLong(Count::value)
            .thenComparing(Count::name, Comparator.reverseOrder());

    private final PriorityQueue<Count> counts = new PriorityQueue<>(SMALLEST);
    private final int limit;

    Top(int limit) {
      this.limit = limit;
    }

    void add(String name, long value) {
      counts.add(new Count(name, value));
      if (counts.size() > limit) {
        counts.poll();
      }
    }

    void write(JsonWriter json) {
      List<Count> sorted = new ArrayList<>(counts);
      sorted.sort(SMALLEST.reversed());
      json.beginArray();
      for (Count count : sorted) {
        json.beginObject().field("name", count.name()).field("value", count.value()).endObject();
      }
      json.endArray();
    }
  }

  private static HttpReply status(SeriesSearch search, int limit) {
    Top byMetric = new Top(limit);
    Top values = new Top(limit);
    Top bytes = new Top(limit);
    Top pairs = new Top(limit);
    long pairCount = 0;
    for (String name : search.labelNames()) {
      List<String> all = search.labelValues(name);
      long size = 0;
      for (String value : all) {
        search.poll();
        int series = search.count(name, value);
        size += value.getBytes(StandardCharsets.UTF_8).length;
        pairs.add(name + "=" + value, series);
        if (name.equals(Labels.METRIC_NAME)) {
          byMetric.add(value, series);
        }
      }
      pairCount += all.size();
      values.add(name, all.size());
      bytes.add(name, size);
    }
    long pairsInAll = pairCount;
    return ApiReply.success(
        json -> {
          json.beginObject().name("headStats").beginObject();
          json.field("numSeries", search.count()).field("numLabelPairs", pairsInAll);
          json.field("chunkCount", 0L)
              .field("minTime", first(search))
              .field("maxTime", last(search));
          json.endObject();
          byMetric.write(json.name("seriesCountByMetricName"));
          values.write(json.name("labelValueCountByLabelName"));
          bytes.write(json.name("memoryInBytesByLabelName"));
          pairs.write(json.name("seriesCountByLabelValuePair"));
          json.endObject();
        });
  }

  /// Whether any series may have samples in this time.
  private static boolean isAny(SeriesSearch search, long minMs, long maxMs) {
    boolean[] any = {false};
    search.forEach(
        List.of(),
        minMs,
        maxMs,
        _ -> {
          any[0] = true;
          return false;
        });
    return any[0];
  }

  /// The first time there are samples from, by halving; as Prometheus's where there are none.
  private static long first(SeriesSearch search) {
    if (!isAny(search, ApiTime.MIN_MS, ApiTime.MAX_MS)) {
      return Long.MAX_VALUE;
    }
    long low = ApiTime.MIN_MS;
    long high = ApiTime.MAX_MS;
    while (low < high) {
      long middle = Math.floorDiv(low + high, 2);
      if (isAny(search, ApiTime.MIN_MS, middle)) {
        high = middle;
      } else {
        low = middle + 1;
      }
    }
    return low;
  }

  private static long last(SeriesSearch search) {
    if (!isAny(search, ApiTime.MIN_MS, ApiTime.MAX_MS)) {
      return Long.MIN_VALUE;
    }
    long low = ApiTime.MIN_MS;
    long high = ApiTime.MAX_MS;
    while (low < high) {
      long middle = Math.floorDiv(low + high, 2) + 1;
      if (isAny(search, middle, ApiTime.MAX_MS)) {
        low = middle;
      } else {
        high = middle - 1;
      }
    }
    return low;
  }
}

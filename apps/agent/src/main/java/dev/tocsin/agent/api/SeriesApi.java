package dev.tocsin.agent.api;

import dev.tocsin.agent.api.ApiException.Kind;
import dev.tocsin.engine.SeriesSearch;
import dev.tocsin.model.labels.LabelNames;
import dev.tocsin.model.labels.Labels;
import dev.tocsin.promql.data.Matcher;
import dev.tocsin.world.net.HttpReply;
import dev.tocsin.world.net.HttpRequest;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import java.util.function.Predicate;

/// `series`, `labels` and `label/<name>/values`. A series counts where it may have samples in the
/// time asked for, as far as the store can tell without reading them; answers are sorted.
public final class SeriesApi {
  /// In front and behind the name in the path of the values of a label.
  public static final String VALUES_PREFIX = "/api/v1/label/";

  public static final String VALUES_SUFFIX = "/values";

  private final Function<BooleanSupplier, SeriesSearch> searches;
  private final QueryLimits limits;
  private final Turns turns;

  /// @param searches gives each request its search, which ends when the request is cancelled
  public SeriesApi(
      Function<BooleanSupplier, SeriesSearch> searches, QueryLimits limits, Turns turns) {
    this.searches = searches;
    this.limits = limits;
    this.turns = turns;
  }

  /// What the three have in common.
  ///
  /// @param limit 0: none
  /// @param selectors none: every series
  private record Asked(int limit, long startMs, long endMs, List<List<Matcher>> selectors) {
    static Asked of(Form form) {
      int limit = ApiNumber.limit(form);
      long startMs = ApiTime.timeMs(form, "start", ApiTime.MIN_MS);
      long endMs = ApiTime.timeMs(form, "end", ApiTime.MAX_MS);
      return new Asked(limit, startMs, endMs, Queries.selectors(form));
    }

    boolean isEverything() {
      return selectors.isEmpty() && startMs == ApiTime.MIN_MS && endMs == ApiTime.MAX_MS;
    }

    void forEach(SeriesSearch search, Predicate<Labels> visitor) {
      boolean[] enough = {false};
      for (List<Matcher> matchers : selectors.isEmpty() ? List.of(NONE) : selectors) {
        search.forEach(
            matchers,
            startMs,
            endMs,
            labels -> {
              enough[0] = !visitor.test(labels);
              return !enough[0];
            });
        if (enough[0]) {
          return;
        }
      }
    }
  }

  private static final List<Matcher> NONE = List.of();

  public HttpReply series(HttpRequest request) throws IOException {
    Form form = Form.of(request);
    if (form.all("match[]").isEmpty()) {
      throw new ApiException(Kind.BAD_DATA, "no match[] parameter provided");
    }
    Asked asked;
    try {
      asked = Asked.of(form);
    } catch (ApiException e) {
      boolean prefixed = e.reason().startsWith("invalid parameter ");
      throw prefixed ? e : ApiException.badData("match[]", e.reason());
    }
    return turns.take(request, turn -> series(searches.apply(turn), asked));
  }

  private HttpReply series(SeriesSearch search, Asked asked) {
    // Each counts as a sample does where it is read: so many fit into the memory of a query.
    long seriesMax = limits.samplesMax() / SeriesSearch.SERIES_SAMPLES;
    Set<Labels> found = new LinkedHashSet<>();
    asked.forEach(
        search,
        labels -> {
          found.add(labels);
          if (asked.limit() > 0 && found.size() > asked.limit()) {
            return false;
          }
          if (found.size() > seriesMax) {
            throw new ApiException(
                Kind.EXECUTION,
                "more than " + seriesMax + " series match; ask for fewer, or give a limit");
          }
          return true;
        });
    List<Labels> cut = cut(found, asked.limit());
    cut.sort(null);
    return reply(
        found.size() > cut.size(),
        json -> {
          json.beginArray();
          for (Labels labels : cut) {
            json.value(labels);
            limits.checkChars(json.length());
          }
          json.endArray();
        });
  }

  private static <T> List<T> cut(Collection<T> found, int limit) {
    List<T> list = new ArrayList<>(found);
    return limit > 0 && list.size() > limit ? new ArrayList<>(list.subList(0, limit)) : list;
  }

  public HttpReply labels(HttpRequest request) throws IOException {
    Asked asked = Asked.of(Form.of(request));
    return turns.take(
        request,
        turn -> {
          SeriesSearch search = searches.apply(turn);
          if (asked.isEverything()) {
            return texts(search.labelNames(), asked.limit());
          }
          Set<String> names = new TreeSet<>();
          asked.forEach(
              search,
              labels -> {
                labels.forEach((name, _) -> names.add(name));
                return true;
              });
          return texts(names, asked.limit());
        });
  }

  /// The name is what stands in the path between [#VALUES_PREFIX] and [#VALUES_SUFFIX].
  public HttpReply values(HttpRequest request) throws IOException {
    String path = request.path();
    String written = path.substring(VALUES_PREFIX.length(), path.length() - VALUES_SUFFIX.length());
    String name = EscapedName.unescaped(written);
    if (name.isEmpty()) {
      throw new ApiException(Kind.BAD_DATA, "invalid label name: " + LabelNames.quote(name));
    }
    Asked asked = Asked.of(Form.of(request));
    return turns.take(
        request,
        turn -> {
          SeriesSearch search = searches.apply(turn);
          if (asked.isEverything()) {
            return texts(search.labelValues(name), asked.limit());
          }
          Set<String> values = new TreeSet<>();
          asked.forEach(
              search,
              labels -> {
                String value = labels.get(name);
                if (!value.isEmpty()) {
                  values.add(value);
                }
                return true;
              });
          return texts(values, asked.limit());
        });
  }

  private HttpReply texts(Collection<String> sorted, int limit) {
    List<String> cut = cut(sorted, limit);
    return reply(
        sorted.size() > cut.size(),
        json -> {
          json.beginArray();
          for (String text : cut) {
            json.value(text);
            limits.checkChars(json.length());
          }
          json.endArray();
        });
  }

  private static HttpReply reply(
      boolean truncated, java.util.function.Consumer<dev.tocsin.model.json.JsonWriter> data) {
    return ApiReply.success(data, truncated ? List.of(ApiReply.TRUNCATED) : List.of(), List.of());
  }
}

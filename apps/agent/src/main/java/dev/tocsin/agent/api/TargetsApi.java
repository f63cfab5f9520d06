package dev.tocsin.agent.api;

import dev.tocsin.model.json.JsonWriter;
import dev.tocsin.model.labels.Labels;
import dev.tocsin.model.text.PromDuration;
import dev.tocsin.world.net.HttpReply;
import dev.tocsin.world.net.HttpRequest;
import java.io.IOException;
import java.util.List;
import java.util.function.Supplier;

/// `targets`: the sources that are asked at an interval.
public final class TargetsApi {
  /// One source, in the words of a scrape target.
  ///
  /// @param pool the name of the group of sources it is in
  /// @param lastError what failed last; empty where nothing did
  /// @param lastScrapeMs Unix milliseconds; 0: never
  public record Target(
      String pool,
      Labels labels,
      String url,
      String lastError,
      long lastScrapeMs,
      double lastScrapeSeconds,
      Health health,
      long intervalMs) {}

  /// Whether the source answers.
  public enum Health {
    UP("up"),
    DOWN("down"),
    UNKNOWN("unknown");

    private final String word;

    Health(String word) {
      this.word = word;
    }
  }

  private final Supplier<List<Target>> targets;

  public TargetsApi(Supplier<List<Target>> targets) {
    this.targets = targets;
  }

  public HttpReply targets(HttpRequest request) throws IOException {
    Form form = Form.of(request);
    String state = form.get("state");
    String pool = form.get("scrapePool");
    return ApiReply.success(
        json -> {
          json.beginObject().name("activeTargets").beginArray();
          if (!state.equals("dropped")) {
            targets.get().stream()
                .filter(target -> pool.isEmpty() || pool.equals(target.pool()))
                .forEach(target -> write(json, target));
          }
          json.endArray();
          json.name("droppedTargets").beginArray().endArray();
          json.name("droppedTargetCounts").beginObject().endObject();
          json.endObject();
        });
  }

  private static void write(JsonWriter json, Target target) {
    String interval = PromDuration.format(target.intervalMs());
    json.beginObject();
    json.field("discoveredLabels", target.labels()).field("labels", target.labels());
    json.field("scrapePool", target.pool()).field("scrapeUrl", target.url());
    json.field("globalUrl", target.url()).field("lastError", target.lastError());
    json.name("lastScrape").time(target.lastScrapeMs());
    json.field("lastScrapeDuration", target.lastScrapeSeconds());
    json.field("health", target.health().word);
    json.field("scrapeInterval", interval).field("scrapeTimeout", interval);
    json.endObject();
  }
}

package dev.tocsin.agent.api;

import dev.tocsin.model.json.JsonWriter;
import dev.tocsin.world.net.HttpReply;
import dev.tocsin.world.net.HttpRequest;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;

/// `status/buildinfo`, `status/runtimeinfo` and `status/flags`: the members of Prometheus's
/// answers. Grafana and others ask for them to know what they talk to.
public final class StatusApi {
  /// The version of the sources this was built from.
  public static final String VERSION = "0.1.0";

  /// What is told of the process.
  ///
  /// @param startedMs Unix milliseconds, as `nowMs`
  /// @param folder where the data is
  /// @param rulesFine whether the newest rules are those that run
  /// @param rulesAtMs when the configuration that runs was read
  public record ProcessFacts(
      long startedMs,
      long nowMs,
      String folder,
      String hostName,
      boolean rulesFine,
      long rulesAtMs,
      int processors,
      long heapBytes) {}

  private final Supplier<ProcessFacts> process;
  private final Map<String, String> flags;

  /// @param flags in Prometheus's words, as `query.timeout`
  public StatusApi(Supplier<ProcessFacts> process, Map<String, String> flags) {
    this.process = process;
    this.flags = new TreeMap<>(flags);
  }

  public HttpReply buildInfo(HttpRequest request) {
    return ApiReply.success(
        json ->
            json.beginObject()
                .field("version", VERSION)
                .field("revision", "")
                .field("branch", "")
                .field("buildUser", "")
                .field("buildDate", "")
                .field("goVersion", "")
                .field("application", "tocsin")
                .endObject());
  }

  /// What is Go's alone is empty or 0.
  public HttpReply runtimeInfo(HttpRequest request) {
    ProcessFacts now = process.get();
    return ApiReply.success(
        json -> {
          json.beginObject().name("startTime").time(now.startedMs());
          json.field("CWD", now.folder()).field("hostname", now.hostName());
          json.name("serverTime").time(now.nowMs());
          json.field("reloadConfigSuccess", now.rulesFine());
          json.name("lastConfigTime").time(now.rulesAtMs());
          json.field("corruptionCount", 0L).field("goroutineCount", 0L);
          json.field("GOMAXPROCS", now.processors()).field("GOMEMLIMIT", now.heapBytes());
          json.field("GOGC", "").field("GODEBUG", "").field("storageRetention", "").endObject();
        });
  }

  public HttpReply flags(HttpRequest request) {
    return ApiReply.success(this::flags);
  }

  private void flags(JsonWriter json) {
    json.beginObject();
    flags.forEach(json::field);
    json.endObject();
  }
}

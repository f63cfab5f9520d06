package dev.tocsin.agent.api;

import dev.tocsin.engine.EngineView;
import dev.tocsin.model.json.JsonWriter;
import dev.tocsin.model.labels.LabelNames;
import dev.tocsin.model.text.GoFloat;
import dev.tocsin.world.net.HttpReply;
import dev.tocsin.world.net.HttpRequest;
import java.io.IOException;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.function.Supplier;

/// `rules` and `alerts`.
public final class RulesApi {
  private final Supplier<EngineView> view;

  public RulesApi(Supplier<EngineView> view) {
    this.view = view;
  }

  /// What a request asks to see.
  private record Filter(
      String type, List<String> names, List<String> groups, List<String> files, boolean alerts) {
    static Filter of(Form form) {
      String type = form.get("type").toLowerCase(Locale.ROOT);
      if (!List.of("", "alert", "record").contains(type)) {
        throw ApiException.badData("type", "not supported value \"" + form.get("type") + "\"");
      }
      boolean alerts = !isTrue(form, "exclude_alerts");
      return new Filter(
          type, form.all("rule_name[]"), form.all("rule_group[]"), form.all("file[]"), alerts);
    }

    /// As Go's `strconv.ParseBool`, of the text in lower case.
    private static boolean isTrue(Form form, String name) {
      String text = form.get(name).toLowerCase(Locale.ROOT);
      return switch (text) {
        case "1", "t", "true" -> true;
        case "", "0", "f", "false" -> false;
        default ->
            throw ApiException.badData(
                name,
                "error converting "
                    + name
                    + ": strconv.ParseBool: parsing "
                    + LabelNames.quote(text)
                    + ": invalid syntax");
      };
    }

    boolean wants(EngineView.Group group) {
      return (groups.isEmpty() || groups.contains(group.name()))
          && (files.isEmpty() || files.contains(group.file()));
    }

    boolean wants(EngineView.Rule rule) {
      boolean kind =
          switch (rule.kind()) {
            case ALERTING -> !type.equals("record");
            case RECORDING -> !type.equals("alert");
          };
      return kind && (names.isEmpty() || names.contains(rule.name()));
    }
  }

  public HttpReply rules(HttpRequest request) throws IOException {
    Filter filter = Filter.of(Form.of(request));
    return ApiReply.success(
        json -> {
          json.beginObject().name("groups").beginArray();
          sorted().stream().filter(filter::wants).forEach(group -> group(json, group, filter));
          json.endArray().endObject();
        });
  }

  /// By file, then by name, as Prometheus lists them.
  private List<EngineView.Group> sorted() {
    Comparator<EngineView.Group> order =
        Comparator.comparing(EngineView.Group::file).thenComparing(EngineView.Group::name);
    return view.get().groups().stream().sorted(order).toList();
  }

  private static void group(JsonWriter json, EngineView.Group group, Filter filter) {
    List<EngineView.Rule> rules = group.rules().stream().filter(filter::wants).toList();
    if (rules.isEmpty()) {
      return;
    }
    json.beginObject().field("name", group.name()).field("file", group.file());
    json.name("rules").beginArray();
    rules.forEach(rule -> rule(json, rule, filter.alerts()));
    json.endArray();
    json.field("interval", group.intervalMs() / 1000.0).field("limit", group.limit());
    json.field("evaluationTime", group.tookNanos() / 1e9);
    json.name("lastEvaluation").time(group.lastEvaluationMs());
    json.endObject();
  }

  private static void rule(JsonWriter json, EngineView.Rule rule, boolean alerts) {
    boolean alerting = rule.kind() == EngineView.Kind.ALERTING;
    json.beginObject();
    if (alerting) {
      json.field("state", rule.state().word());
    }
    json.field("name", rule.name()).field("query", rule.query());
    if (alerting) {
      json.field("duration", rule.forMs() / 1000.0);
      json.field("keepFiringFor", rule.keepFiringForMs() / 1000.0);
    }
    json.field("labels", rule.labels());
    if (alerting) {
      json.field("annotations", rule.annotations()).name("alerts").beginArray();
      if (alerts) {
        rule.alerts().forEach(alert -> alert(json, alert));
      }
      json.endArray();
    }
    json.field("health", rule.health().word());
    if (!rule.lastError().isEmpty()) {
      json.field("lastError", rule.lastError());
    }
    json.field("evaluationTime", rule.tookNanos() / 1e9);
    json.name("lastEvaluation").time(Math.max(0, rule.lastEvaluationMs()));
    json.field("type", alerting ? "alerting" : "recording").endObject();
  }

  public HttpReply alerts(HttpRequest request) {
    return ApiReply.success(
        json -> {
          json.beginObject().name("alerts").beginArray();
          for (EngineView.Group group : sorted()) {
            group.rules().forEach(rule -> rule.alerts().forEach(alert -> alert(json, alert)));
          }
          json.endArray().endObject();
        });
  }

  private static void alert(JsonWriter json, EngineView.Alert alert) {
    json.beginObject().field("labels", alert.labels()).field("annotations", alert.annotations());
    json.field("state", alert.state().word());
    // The slot that takes over an alert that fired before it does not move its beginning.
    long firedMs = alert.firedAtMs();
    long activeMs = alert.activeAtMs();
    json.name("activeAt").time(firedMs > 0 ? Math.min(firedMs, activeMs) : activeMs);
    if (alert.keepFiringSinceMs() > 0) {
      json.name("keepFiringSince").time(alert.keepFiringSinceMs());
    }
    json.field("value", GoFloat.exponent(alert.value())).endObject();
  }
}

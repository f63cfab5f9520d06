package dev.tocsin.agent.api;

import dev.tocsin.agent.health.Dependency;
import dev.tocsin.deliver.latency.LatencyRecorder;
import dev.tocsin.deliver.latency.LatencySnapshot;
import dev.tocsin.deliver.latency.StagePair;
import dev.tocsin.deliver.outbox.DeliveryRecord;
import dev.tocsin.engine.EngineView;
import dev.tocsin.model.alert.AlertState;
import dev.tocsin.model.alert.Evidence;
import dev.tocsin.model.json.JsonWriter;
import dev.tocsin.pipeline.accounting.Accounts;
import dev.tocsin.world.net.HttpReply;
import dev.tocsin.world.net.HttpRequest;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/// What the page shows beside Prometheus's API: `/api/tocsin/v1/overview`.
public final class OverviewApi {
  /// Upper bounds of the page's histogram, in milliseconds.
  private static final double[] BOUNDS_MS = {
    0.1, 0.2, 0.5, 1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 5000, 60_000
  };

  /// Alerts shown; an alert with its evidence is about 2 KB, and the page asks every second.
  static final int ALERTS_MAX = 200;

  /// Where the overview gets its figures, asked at each request.
  public interface Figures {
    long nowMs();

    long startedMs();

    String hostName();

    int series();

    Accounts accounts();

    double ringFill();

    List<Dependency> dependencies();

    LatencyRecorder latency();

    List<DeliveryRecord> deliveries();

    EngineView engine();
  }

  private final Figures figures;

  public OverviewApi(Figures figures) {
    this.figures = figures;
  }

  public HttpReply overview(HttpRequest request) {
    JsonWriter json = new JsonWriter().beginObject();
    json.field("version", StatusApi.VERSION).field("host", figures.hostName());
    json.field("nowMs", figures.nowMs()).field("startedMs", figures.startedMs());
    json.field("series", figures.series());
    flow(json.name("flow"), figures.accounts());
    dependencies(json.name("dependencies"));
    latency(json.name("latency"));
    deliveries(json.name("deliveries"));
    alerts(json);
    return HttpReply.json(200, json.endObject().toString());
  }

  private void flow(JsonWriter json, Accounts accounts) {
    json.beginObject().field("received", accounts.received());
    json.field("applied_durable", accounts.appliedDurable());
    json.field("applied_undurable", accounts.appliedUndurable());
    json.field("in_flight", accounts.inFlight()).field("ring_fill", figures.ringFill());
    json.name("refused").beginObject();
    accounts
        .refused()
        .forEach(
            (reason, count) -> {
              if (count > 0) {
                json.field(reason.word(), count);
              }
            });
    json.endObject().endObject();
  }

  private void dependencies(JsonWriter json) {
    json.beginArray();
    for (Dependency one : figures.dependencies()) {
      json.beginObject().field("name", one.name()).field("ok", one.isFine());
      json.field("reason", one.reason()).endObject();
    }
    json.endArray();
  }

  private void latency(JsonWriter json) {
    json.beginObject();
    for (StagePair pair : StagePair.values()) {
      LatencySnapshot snapshot = figures.latency().snapshot(pair);
      json.name(pair.word()).beginObject().field("count", snapshot.count());
      json.field("p50Ms", snapshot.quantileNanos(0.5) / 1e6);
      json.field("p99Ms", snapshot.quantileNanos(0.99) / 1e6);
      json.field("maxMs", snapshot.maxNanos() / 1e6).name("buckets").beginArray();
      long before = 0;
      for (double boundMs : BOUNDS_MS) {
        long through = snapshot.atMost((long) (boundMs * 1e6));
        json.beginArray().value(boundMs).value(through - before).endArray();
        before = through;
      }
      json.endArray().endObject();
    }
    json.endObject();
  }

  private void deliveries(JsonWriter json) {
    json.beginArray();
    for (DeliveryRecord one : figures.deliveries()) {
      long sampleNanos = one.times().sampleNanos();
      double tookMs = (one.times().answeredNanos() - sampleNanos) / 1e6;
      json.beginObject().field("labels", one.event().labels());
      json.field("kind", one.event().isResolved() ? "resolved" : "firing");
      json.field("destination", one.destination()).field("attempts", one.attempts());
      json.field("tookMs", sampleNanos == 0 ? -1 : tookMs).field("accepted", one.accepted());
      json.field("undurable", one.undurable()).field("reason", one.reason()).endObject();
    }
    json.endArray();
  }

  private record Shown(EngineView.Rule rule, EngineView.Alert alert) {}

  /// Firing ones first, then those that are active for the longest.
  private static final Comparator<Shown> MOST_URGENT =
      Comparator.<Shown, Boolean>comparing(one -> one.alert().state() != AlertState.FIRING)
          .thenComparingLong(one -> one.alert().activeAtMs());

  /// `alerts`, and in `alertCounts` how many there are, shown or not.
  private void alerts(JsonWriter json) {
    List<Shown> all = new ArrayList<>();
    for (EngineView.Group group : figures.engine().groups()) {
      for (EngineView.Rule rule : group.rules()) {
        rule.alerts().forEach(alert -> all.add(new Shown(rule, alert)));
      }
    }
    json.name("alerts").beginArray();
    all.stream().sorted(MOST_URGENT).limit(ALERTS_MAX).forEach(one -> alert(json, one));
    json.endArray().name("alertCounts").beginObject();
    for (AlertState state : List.of(AlertState.FIRING, AlertState.PENDING)) {
      json.field(state.word(), all.stream().filter(one -> one.alert().state() == state).count());
    }
    json.endObject();
  }

  private static void alert(JsonWriter json, Shown shown) {
    EngineView.Rule rule = shown.rule();
    EngineView.Alert alert = shown.alert();
    json.beginObject().field("labels", alert.labels()).field("annotations", alert.annotations());
    json.field("state", alert.state().word()).field("query", rule.query());
    json.name("value").floatString(alert.value()).field("activeAtMs", alert.activeAtMs());
    json.name("evidence").beginArray();
    for (Evidence.Read read : alert.evidence().series()) {
      json.beginObject().field("labels", read.labels()).name("points").beginArray();
      for (Evidence.Point point : read.last()) {
        json.beginArray().value(point.timeMs()).floatString(point.value()).endArray();
      }
      json.endArray().endObject();
    }
    json.endArray().endObject();
  }
}

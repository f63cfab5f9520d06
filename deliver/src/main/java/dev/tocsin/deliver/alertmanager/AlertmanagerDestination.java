package dev.tocsin.deliver.alertmanager;

import dev.tocsin.deliver.destination.HttpDestination;
import dev.tocsin.deliver.destination.Notice;
import dev.tocsin.deliver.destination.Origin;
import dev.tocsin.deliver.destination.SecretUrl;
import dev.tocsin.deliver.relabel.Relabel;
import dev.tocsin.model.alert.AlertEvent;
import dev.tocsin.model.json.JsonWriter;
import dev.tocsin.model.labels.Labels;
import dev.tocsin.world.net.HttpCalling.HttpCall;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Tells one Alertmanager by its API v2, in batches. What it is owed is how things stand now: an
/// alert that began and ended while it was down is told as ended, as Prometheus does.
public final class AlertmanagerDestination implements HttpDestination {
  /// Alerts in one request; Prometheus takes up to 256. Smaller requests leave sooner.
  public static final int BATCH_MAX = 64;

  /// Requests under way at once.
  public static final int IN_FLIGHT_MAX = 4;

  private final SecretUrl url;
  private final SecretUrl ready;
  private final long timeoutMs;
  private final Relabel relabel;
  private final Origin origin;

  private AlertmanagerDestination(
      SecretUrl url, SecretUrl ready, long timeoutMs, Relabel relabel, Origin origin) {
    this.url = url;
    this.ready = ready;
    this.timeoutMs = timeoutMs;
    this.relabel = relabel;
    this.origin = origin;
  }

  /// One for each target of the entry.
  public static List<AlertmanagerDestination> of(AlertmanagerConfig config, Origin origin) {
    Relabel relabel = new Relabel(config.alertRelabel());
    List<AlertmanagerDestination> list = new ArrayList<>();
    for (SecretUrl url : config.urls()) {
      SecretUrl ready = SecretUrl.of(url.origin() + config.path("/-/ready"));
      list.add(new AlertmanagerDestination(url, ready, config.timeoutMs(), relabel, origin));
    }
    return list;
  }

  @Override
  public String name() {
    return "alertmanager " + url.origin();
  }

  /// Not what the relabelling drops.
  @Override
  public boolean wants(AlertEvent event) {
    return labels(event).isPresent();
  }

  private Optional<Labels> labels(AlertEvent event) {
    return relabel.apply(origin.labels(event)).filter(labels -> !labels.isEmpty());
  }

  @Override
  public Keeping keeping() {
    return Keeping.NEWEST_STATE;
  }

  @Override
  public int batchMax() {
    return BATCH_MAX;
  }

  @Override
  public int inFlightMax() {
    return IN_FLIGHT_MAX;
  }

  /// The engine says when to send again; nothing is held back here.
  @Override
  public long repeatMs() {
    return 0;
  }

  @Override
  public long repeatAfterRefusalMs() {
    return 0;
  }

  @Override
  public HttpCall request(List<Notice> batch) {
    JsonWriter json = new JsonWriter().beginArray();
    for (Notice notice : batch) {
      labels(notice.event()).ifPresent(labels -> alert(json, notice.event(), labels));
    }
    byte[] body = json.endArray().toBytes();
    Map<String, String> headers =
        Map.of("Content-Type", "application/json", "User-Agent", "Tocsin");
    return new HttpCall("POST", url.reveal(), headers, body, timeoutMs);
  }

  private void alert(JsonWriter json, AlertEvent event, Labels labels) {
    json.beginObject();
    json.field("annotations", event.annotations());
    json.name("endsAt").time(event.isResolved() ? event.resolvedAtMs() : event.validUntilMs());
    json.name("startsAt").time(event.firedAtMs());
    json.field("generatorURL", origin.generatorUrl(event.expression()));
    json.field("labels", labels);
    json.endObject();
  }

  @Override
  public HttpCall probe() {
    return new HttpCall("GET", ready.reveal(), Map.of(), new byte[0], timeoutMs);
  }

  @Override
  public String scrub(String text) {
    return ready.scrub(url.scrub(text));
  }

  @Override
  public String toString() {
    return name();
  }
}

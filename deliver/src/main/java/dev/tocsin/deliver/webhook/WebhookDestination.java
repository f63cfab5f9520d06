package dev.tocsin.deliver.webhook;

import dev.tocsin.deliver.destination.HttpDestination;
import dev.tocsin.deliver.destination.Notice;
import dev.tocsin.deliver.destination.Origin;
import dev.tocsin.model.alert.AlertEvent;
import dev.tocsin.model.alert.StageTimes;
import dev.tocsin.world.net.HttpCalling.HttpCall;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Tells a webhook receiver, one alert per request. Beside the body, which is Alertmanager's, the
/// headers `X-Tocsin-*` say which delivery this is and when the alert passed each stage, in Unix
/// nanoseconds.
public final class WebhookDestination implements HttpDestination {
  /// Requests under way at once: a burst of alerts is not told one by one, and a receiver is not
  /// overrun.
  public static final int IN_FLIGHT_MAX = 16;

  private final String name;
  private final WebhookConfig config;
  private final RouteConfig route;
  private final Origin origin;

  /// @param name `route.receiver()` where the receiver has one webhook, unique otherwise
  public WebhookDestination(String name, WebhookConfig config, RouteConfig route, Origin origin) {
    this.name = name;
    this.config = config;
    this.route = route;
    this.origin = origin;
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public boolean wants(AlertEvent event) {
    return switch (event.kind()) {
      case FIRING, STILL_FIRING -> true;
      case RESOLVED -> config.sendResolved();
      case STILL_RESOLVED -> false;
    };
  }

  @Override
  public Keeping keeping() {
    return Keeping.EVERY_CHANGE;
  }

  @Override
  public int batchMax() {
    return 1;
  }

  @Override
  public int inFlightMax() {
    return IN_FLIGHT_MAX;
  }

  @Override
  public long repeatMs() {
    return route.repeatIntervalMs();
  }

  @Override
  public long repeatAfterRefusalMs() {
    return route.groupIntervalMs();
  }

  @Override
  public HttpCall request(List<Notice> batch) {
    Notice notice = batch.getFirst();
    byte[] body = WebhookPayload.of(route.receiver(), origin, notice.event());
    return new HttpCall("POST", config.url().reveal(), headers(notice), body, config.timeoutMs());
  }

  private Map<String, String> headers(Notice notice) {
    Map<String, String> headers = new LinkedHashMap<>(config.headers());
    headers.put("Content-Type", "application/json");
    headers.put("User-Agent", "Tocsin");
    headers.put("X-Tocsin-Delivery", notice.event().id());
    headers.put("X-Tocsin-Attempt", Integer.toString(notice.attempt()));
    if (notice.undurable()) {
      headers.put("X-Tocsin-Undurable", "true");
    }
    StageTimes times = notice.times();
    headers.put("X-Tocsin-Sample-Time-Ns", Long.toString(times.sampleNanos()));
    headers.put("X-Tocsin-Received-Time-Ns", Long.toString(times.receivedNanos()));
    headers.put("X-Tocsin-Applied-Time-Ns", Long.toString(times.appliedNanos()));
    headers.put("X-Tocsin-Decided-Time-Ns", Long.toString(times.decidedNanos()));
    headers.put("X-Tocsin-Handed-Time-Ns", Long.toString(times.handedNanos()));
    return headers;
  }

  @Override
  public HttpCall probe() {
    return new HttpCall("HEAD", config.url().reveal(), Map.of(), new byte[0], config.timeoutMs());
  }

  @Override
  public String scrub(String text) {
    String clean = config.url().scrub(text);
    for (String value : config.headers().values()) {
      clean = value.isEmpty() ? clean : clean.replace(value, "<secret>");
    }
    return clean;
  }

  @Override
  public String toString() {
    return "webhook " + name + " at " + config.url();
  }
}

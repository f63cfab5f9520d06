package dev.tocsin.bench.latency;

import dev.tocsin.bench.http.Probe;
import dev.tocsin.bench.json.Json;
import dev.tocsin.bench.report.Percentiles;
import dev.tocsin.bench.webhook.WebhookMessage;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Alerts with `for`: when each should have been told. That is since when the subject has it
/// active, as its API says, and the `for` of the rule.
final class HeldAlerts {
  private static final Pattern PAUSE = Pattern.compile("(\\d+)(ms|s|m)");

  private HeldAlerts() {}

  /// @param told by the label `n`, the first message of each
  static Optional<Percentiles> latencies(
      URI alerts, LatencyOptions options, Map<String, WebhookMessage> told) {
    if (options.held() == 0) {
      return Optional.empty();
    }
    Map<String, Long> activeAtNanos = new HashMap<>();
    Json data = Json.parse(Probe.get(alerts, "/api/v1/alerts").text()).get("data");
    for (Json alert : data.get("alerts").list()) {
      Json labels = alert.get("labels");
      if (labels.has("n")) {
        Instant at = Instant.parse(alert.get("activeAt").text());
        activeAtNanos.put(
            labels.get("n").text(), at.getEpochSecond() * 1_000_000_000L + at.getNano());
      }
    }
    long[] latencies = new long[options.held()];
    long pauseNanos = nanos(options.heldFor());
    for (int i = 0; i < latencies.length; i++) {
      Long active = activeAtNanos.get("held-" + i);
      WebhookMessage message = told.get("held-" + i);
      latencies[i] =
          active == null || message == null
              ? Percentiles.NEVER
              : message.arrivedNanos() - active - pauseNanos;
    }
    return Optional.of(Percentiles.of(latencies));
  }

  static long nanos(String pause) {
    Matcher parts = PAUSE.matcher(pause);
    if (!parts.matches()) {
      throw new IllegalArgumentException("\"" + pause + "\" is no time; write 3s");
    }
    long count = Long.parseLong(parts.group(1));
    return switch (parts.group(2)) {
      case "ms" -> Duration.ofMillis(count).toNanos();
      case "s" -> Duration.ofSeconds(count).toNanos();
      default -> Duration.ofMinutes(count).toNanos();
    };
  }
}

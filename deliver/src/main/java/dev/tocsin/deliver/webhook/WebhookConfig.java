package dev.tocsin.deliver.webhook;

import dev.tocsin.deliver.destination.SecretUrl;
import java.util.Map;

/// One entry of `webhook_configs`, with Alertmanager's defaults.
///
/// @param sendResolved tell when an alert resolved
/// @param maxAlerts alerts in one message, 0 for all; one message holds one alert so far
/// @param timeoutMs for one request
/// @param headers sent with each request, beside ours; their values are secret
public record WebhookConfig(
    SecretUrl url,
    boolean sendResolved,
    int maxAlerts,
    long timeoutMs,
    Map<String, String> headers) {
  /// Alertmanager waits for as long as the group interval; a page that waits so long for a dead
  /// connection is too late, so an attempt is given up after this and made again.
  public static final long TIMEOUT_MS = 10_000;

  public WebhookConfig {
    headers = Map.copyOf(headers);
  }

  public static WebhookConfig of(SecretUrl url) {
    return new WebhookConfig(url, true, 0, TIMEOUT_MS, Map.of());
  }

  @Override
  public String toString() {
    return "WebhookConfig[url=" + url + ", sendResolved=" + sendResolved + "]";
  }
}

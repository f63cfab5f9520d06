package dev.tocsin.deliver.alertmanager;

import dev.tocsin.deliver.destination.SecretUrl;
import dev.tocsin.deliver.relabel.RelabelConfig;
import java.util.ArrayList;
import java.util.List;

/// One entry of `alerting.alertmanagers`, with the alert relabelling of the section around it and
/// Prometheus's defaults.
///
/// @param scheme `http` or `https`
/// @param pathPrefix before `/api/v2/alerts`
/// @param timeoutMs for one request
/// @param targets `host:port` each; every one of them gets every alert
/// @param alertRelabel applied to each alert after the external labels were added
public record AlertmanagerConfig(
    String scheme,
    String pathPrefix,
    long timeoutMs,
    List<String> targets,
    List<RelabelConfig> alertRelabel) {
  public static final long TIMEOUT_MS = 10_000;

  public AlertmanagerConfig {
    targets = List.copyOf(targets);
    alertRelabel = List.copyOf(alertRelabel);
  }

  public static AlertmanagerConfig of(List<String> targets) {
    return new AlertmanagerConfig("http", "/", TIMEOUT_MS, targets, List.of());
  }

  /// Where to post, one for each target.
  public List<SecretUrl> urls() {
    List<SecretUrl> urls = new ArrayList<>(targets.size());
    for (String target : targets) {
      urls.add(SecretUrl.of(scheme + "://" + target + path("/api/v2/alerts")));
    }
    return urls;
  }

  /// The prefix and the path, with one slash between them.
  String path(String path) {
    String prefix = pathPrefix.startsWith("/") ? pathPrefix : "/" + pathPrefix;
    int end = prefix.length();
    while (end > 0 && prefix.charAt(end - 1) == '/') {
      end--;
    }
    return prefix.substring(0, end) + path;
  }
}

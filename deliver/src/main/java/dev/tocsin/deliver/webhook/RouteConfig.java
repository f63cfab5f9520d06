package dev.tocsin.deliver.webhook;

import java.util.List;

/// The route of `notify`, with Alertmanager's defaults.
///
/// @param receiver the receiver's name
/// @param groupBy `...`: by all labels, so that each alert is told alone
/// @param groupWaitMs accepted, and 0 in effect while each alert is told alone
/// @param groupIntervalMs how long until a refused alert that still fires is tried again
/// @param repeatIntervalMs how long until an alert that still fires is told again
public record RouteConfig(
    String receiver,
    List<String> groupBy,
    long groupWaitMs,
    long groupIntervalMs,
    long repeatIntervalMs) {
  public static final long GROUP_WAIT_MS = 30_000;
  public static final long GROUP_INTERVAL_MS = 300_000;
  public static final long REPEAT_INTERVAL_MS = 4 * 3_600_000L;

  public RouteConfig {
    groupBy = List.copyOf(groupBy);
  }

  public static RouteConfig to(String receiver) {
    return new RouteConfig(
        receiver, List.of("..."), GROUP_WAIT_MS, GROUP_INTERVAL_MS, REPEAT_INTERVAL_MS);
  }
}

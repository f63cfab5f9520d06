package dev.tocsin.deliver.outbox;

/// The bounds of an outbox.
///
/// @param durableWaitNanos how long an alert waits for the journal before it leaves undurable
/// @param chainEvents events owed to one destination about one alert; beyond it the oldest change
///   but the first is dropped and counted, so that the newest state is always told
/// @param laneAlerts alerts owed to one destination; beyond it a new one is dropped and counted (a
///   firing alert comes back by the engine's resend rule, an unanswered one by a restart)
/// @param toldAlerts firing alerts of which one destination remembers when they were told last;
///   beyond it the oldest is forgotten, and may be told once too often
/// @param records deliveries kept for the page
public record OutboxLimits(
    long durableWaitNanos, int chainEvents, int laneAlerts, int toldAlerts, int records) {
  public static final OutboxLimits DEFAULT = new OutboxLimits(5_000_000, 16, 65_536, 65_536, 256);
}

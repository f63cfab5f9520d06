package dev.tocsin.deliver.outbox;

/// The bounds of an outbox.
///
/// @param intakeEvents events taken from the engine and not yet looked at; beyond it the events of
///   one alert coalesce into its last beginning and its newest state
/// @param intakeAlerts alerts in that coalesced state; beyond it events are dropped and counted (a
///   firing alert comes back by the engine's resend rule, an unanswered intent by a restart)
/// @param durableWaitNanos how long an alert waits for the journal before it leaves undurable
/// @param chainEvents events owed to one destination about one alert; beyond it the oldest changes
///   but the first are dropped and counted, so that the newest state is always told
/// @param laneEvents events owed to one destination; beyond it each alert's are reduced to the
///   newest
/// @param laneAlerts alerts owed to one destination; beyond it a new one is dropped and counted
/// @param toldAlerts firing alerts of which one destination remembers when they were told last;
///   beyond it the oldest is forgotten, and may be told once too often
/// @param records deliveries kept for the page
public record OutboxLimits(
    int intakeEvents,
    int intakeAlerts,
    long durableWaitNanos,
    int chainEvents,
    int laneEvents,
    int laneAlerts,
    int toldAlerts,
    int records) {
  public static final OutboxLimits DEFAULT =
      new OutboxLimits(8192, 65_536, 5_000_000, 16, 16_384, 65_536, 65_536, 256);
}

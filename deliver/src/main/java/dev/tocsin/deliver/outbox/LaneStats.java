package dev.tocsin.deliver.outbox;

/// What became of the events for one destination; counts since it was added.
///
/// @param waiting events owed now, those in flight included
/// @param inFlight requests under way now
/// @param accepted events the receiver took
/// @param refused events it refused for good
/// @param superseded events that a newer one of the same alert replaced
/// @param dropped events lost to a limit
/// @param failedAttempts requests that have to be made again
public record LaneStats(
    String destination,
    int waiting,
    int inFlight,
    long accepted,
    long refused,
    long superseded,
    long dropped,
    long failedAttempts) {}

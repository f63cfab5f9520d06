package dev.tocsin.deliver.outbox;

import dev.tocsin.model.alert.AlertEvent;
import dev.tocsin.model.alert.StageTimes;

/// One delivery that ended, for the page.
///
/// @param destination its name
/// @param times all stages; `answeredNanos` is when it ended
/// @param attempts requests made
/// @param reason why it was refused; empty where it was accepted
public record DeliveryRecord(
    AlertEvent event,
    String destination,
    StageTimes times,
    int attempts,
    boolean undurable,
    boolean accepted,
    String reason) {}

package dev.tocsin.deliver.destination;

import dev.tocsin.model.alert.AlertEvent;
import dev.tocsin.model.alert.StageTimes;

/// One alert on its way to one destination.
///
/// @param times with the time of handing over
/// @param undurable sent before the journal held it; a crash may forget that it was sent
/// @param attempt 1 for the first
public record Notice(AlertEvent event, StageTimes times, boolean undurable, int attempt) {}

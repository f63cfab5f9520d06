package dev.tocsin.bench.latency;

import dev.tocsin.bench.process.ProcessFigures;
import dev.tocsin.bench.report.Percentiles;
import java.time.Duration;
import java.util.Map;

/// What one round found.
///
/// @param toWebhook from the sample's timestamp to the webhook's arrival, in nanoseconds
/// @param toAnswer from sending a write to its answer, in nanoseconds
/// @param refused writes that were not answered 2xx
/// @param duplicates messages that told an alert once more
/// @param lateMs how far the sender fell behind its pace at most
/// @param cpu what the subject's processes used for the measured alerts
/// @param figures of the subject's processes at the end
/// @param stages by name, in order: nanoseconds between two stages, where the messages tell them
public record RoundResult(
    Percentiles toWebhook,
    Percentiles toAnswer,
    int refused,
    int duplicates,
    long lateMs,
    Duration cpu,
    ProcessFigures figures,
    Map<String, Percentiles> stages) {}

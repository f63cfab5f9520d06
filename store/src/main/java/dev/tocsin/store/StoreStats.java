package dev.tocsin.store;

/// Counts since the store began, checkpoints included: series, series refused (limit), samples
/// appended, samples refused because they were not newer than the last of their series, samples
/// held now, bytes of compressed blocks now, blocks dropped. Each is exact; together they are not
/// of one instant.
public record StoreStats(
    int series,
    long seriesRefused,
    long samplesAppended,
    long samplesNotNewer,
    long samplesHeld,
    long blockBytes,
    long blocksDropped) {}

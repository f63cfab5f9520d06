package dev.tocsin.pipeline.journal;

/// What a journal did since it was opened.
///
/// @param durableSeq the newest entry that a crash cannot take any more
/// @param samples encoded
/// @param undefinedReferences references used without a definition; a fault if not 0
/// @param appendedBytes of frames written
/// @param journalBytes that the segments take on disk now
/// @param segments on disk now
/// @param fullness of the staging buffer, 0 to 1
/// @param forces that succeeded
/// @param forceNanosSum time in them
/// @param forceNanosMax the longest of them
/// @param failures of writes, forces and allocations
/// @param failure why entries are undurable now; empty where they are not
/// @param damagedParts places that the start could not read
/// @param lostEntries that were there, as far as it is known how many
public record JournalStats(
    long durableSeq,
    long samples,
    long undefinedReferences,
    long appendedBytes,
    long journalBytes,
    int segments,
    double fullness,
    long forces,
    long forceNanosSum,
    long forceNanosMax,
    long failures,
    String failure,
    int damagedParts,
    long lostEntries) {}

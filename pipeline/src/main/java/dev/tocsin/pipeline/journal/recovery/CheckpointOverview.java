package dev.tocsin.pipeline.journal.recovery;

import java.nio.file.Path;

/// One checkpoint.
///
/// @param seq the newest entry in it
/// @param nowMs its `now`, Unix milliseconds; 0 where it cannot be read
/// @param length of the body, bytes; 0 where it cannot be read
/// @param problem why it cannot be used, or the empty string
public record CheckpointOverview(Path file, long seq, long nowMs, long length, String problem) {}

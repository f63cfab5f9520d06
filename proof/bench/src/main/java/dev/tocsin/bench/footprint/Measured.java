package dev.tocsin.bench.footprint;

import dev.tocsin.bench.process.ProcessFigures;
import java.time.Duration;

/// What one long run of a side found.
///
/// @param idleCpu processor time used while nobody asked anything
public record Measured(ProcessFigures idle, Duration idleCpu, ProcessFigures afterRequests) {}

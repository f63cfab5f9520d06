package dev.tocsin.pipeline.ring;

import dev.tocsin.model.batch.Slab;
import dev.tocsin.model.limit.Limits;

/// How much a ring holds.
///
/// @param slabs slabs of samples, claimed by sources and not yet released by both readers
/// @param entries inputs, with samples or without; a power of two
/// @param forTicks how many of the entries only ticks may take
/// @param histogramBytes of the native histograms in the slabs, as they are encoded
public record RingSize(int slabs, int entries, int forTicks, int histogramBytes) {
  public static final RingSize DEFAULT =
      new RingSize(
          Limits.RING_SAMPLES / Slab.CAPACITY, Limits.RING_ENTRIES, Limits.RING_ENTRIES_FOR_TICKS);

  /// With the usual room for native histograms.
  public RingSize(int slabs, int entries, int forTicks) {
    this(slabs, entries, forTicks, Limits.RING_HISTOGRAM_BYTES);
  }

  public RingSize {
    if (slabs < 2
        || histogramBytes < 2
        || Integer.bitCount(entries) != 1
        || forTicks < 1
        || forTicks >= entries) {
      throw new IllegalArgumentException(
          "a ring needs 2 slabs, a power of two of entries, and places for ticks and for others");
    }
  }
}

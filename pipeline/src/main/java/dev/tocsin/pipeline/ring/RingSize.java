package dev.tocsin.pipeline.ring;

import dev.tocsin.model.batch.Slab;
import dev.tocsin.model.limit.Limits;

/// How much a ring holds.
///
/// @param slabs slabs of samples, claimed by sources and not yet released by both readers
/// @param entries inputs, with samples or without; a power of two
/// @param forTicks how many of the entries only ticks may take
public record RingSize(int slabs, int entries, int forTicks) {
  public static final RingSize DEFAULT =
      new RingSize(
          Limits.RING_SAMPLES / Slab.CAPACITY, Limits.RING_ENTRIES, Limits.RING_ENTRIES_FOR_TICKS);

  public RingSize {
    if (slabs < 2 || Integer.bitCount(entries) != 1 || forTicks < 1 || forTicks >= entries) {
      throw new IllegalArgumentException(
          "a ring needs 2 slabs, a power of two of entries, and places for ticks and for others");
    }
  }
}

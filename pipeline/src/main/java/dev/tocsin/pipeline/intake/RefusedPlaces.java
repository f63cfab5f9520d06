package dev.tocsin.pipeline.intake;

import dev.tocsin.pipeline.accounting.Refusal;

/// Hears which samples of a transaction were not taken, for sources whose answers count something
/// else than samples. Called in the order of places, under the sequencer's lock: it must only note
/// what it hears.
@FunctionalInterface
public interface RefusedPlaces {
  /// For sources to which the counts of [Receipt] are enough.
  RefusedPlaces UNHEARD = (_, _) -> {};

  /// @param place the how manieth sample that was added, from 0
  /// @param reason `DUPLICATE` too, which is no error
  void refused(int place, Refusal reason);
}

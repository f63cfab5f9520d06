package dev.tocsin.engine;

import dev.tocsin.model.page.IntPages;
import dev.tocsin.model.page.LongPages;
import dev.tocsin.rules.state.StateWriter;
import java.io.IOException;

/// A [SeriesTable] as it was: 12 bytes a series. One thread at a time.
///
/// @param refsEnd references that were given are before it
/// @param live references that mean a series
/// @param idOfRef by reference: the id of the store + 1; 0 where there is none
/// @param receivedNanos by id of the store
record FrozenSeriesTable(
    long samplesWithoutSeries, int refsEnd, int live, IntPages idOfRef, LongPages receivedNanos) {
  /// What [SeriesTable#read] reads.
  void write(StateWriter out) throws IOException {
    out.number(samplesWithoutSeries);
    out.number(refsEnd);
    out.number(live);
    for (int ref = 0; ref < refsEnd; ref++) {
      int id = idOfRef.get(ref) - 1;
      if (id != SeriesTable.NONE) {
        out.number(ref);
        out.number(id);
        out.number(receivedNanos.get(id));
      }
    }
  }
}

package dev.tocsin.engine;

import dev.tocsin.model.page.IntPages;
import dev.tocsin.model.page.LongPages;
import dev.tocsin.rules.state.StateWriter;
import java.io.IOException;

/// A [SeriesTable] as it was: 12 bytes a series. One thread at a time.
///
/// @param idOfRef by reference: the id of the store + 1; 0 where there is none
/// @param receivedNanos by id of the store
record FrozenSeriesTable(
    long samplesWithoutSeries, int refs, IntPages idOfRef, LongPages receivedNanos) {
  /// What [SeriesTable#read] reads.
  void write(StateWriter out) throws IOException {
    out.number(samplesWithoutSeries);
    out.number(refs);
    for (int ref = 0; ref < refs; ref++) {
      int id = idOfRef.get(ref) - 1;
      out.number(id);
      if (id != SeriesTable.NONE) {
        out.number(receivedNanos.get(id));
      }
    }
  }
}

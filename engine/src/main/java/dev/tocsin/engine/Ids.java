package dev.tocsin.engine;

import dev.tocsin.rules.state.StateReader;
import dev.tocsin.rules.state.StateWriter;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/// Ids of series in a checkpoint.
final class Ids {
  private Ids() {}

  static void write(StateWriter out, Collection<Integer> ids) throws IOException {
    out.number(ids.size());
    for (int id : ids) {
      out.number(id);
    }
  }

  /// @param series how many there are
  static List<Integer> read(StateReader in, int series) throws IOException {
    int count = in.count();
    List<Integer> ids = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      int id = in.integer();
      if (id < 0 || id >= series) {
        throw new IOException("not a checkpoint: series " + id + " of " + series);
      }
      ids.add(id);
    }
    return ids;
  }
}

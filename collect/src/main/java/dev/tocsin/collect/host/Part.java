package dev.tocsin.collect.host;

import java.io.IOException;
import java.util.List;

/// One area of the host's figures, as the processors or the disks.
interface Part {
  /// The names node_exporter has for it.
  List<String> names();

  /// Reads and sets the numbers of now. What it does not set ends. Fails as a whole: the next part
  /// goes on.
  ///
  /// @param nowMs Unix milliseconds of this collection
  void collect(long nowMs) throws IOException;
}

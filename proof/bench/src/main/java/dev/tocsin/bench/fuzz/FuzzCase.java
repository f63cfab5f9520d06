package dev.tocsin.bench.fuzz;

import dev.tocsin.bench.fuzz.check.Setting;

/// A text to be taken for a query, and what to evaluate it over.
///
/// @param number which of its seed's cases it is
public record FuzzCase(long number, Kind kind, String text, Setting setting) {
  /// Where the text comes from.
  public enum Kind {
    GROWN("grown from the grammar"),
    DAMAGED("grown, then damaged"),
    CORPUS("of the corpus, most of them damaged"),
    NOISE("noise"),
    REPEATED("repeated pieces");

    private final String title;

    Kind(String title) {
      this.title = title;
    }

    public String title() {
      return title;
    }
  }
}

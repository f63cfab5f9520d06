package dev.tocsin.bench.fuzz;

/// A case in which something was wrong.
///
/// @param rule what does not hold
/// @param detail how that shows
/// @param setting what the query was evaluated over
public record Finding(
    long seed, long number, String rule, String detail, String text, String setting) {
  /// What shows it again.
  public String command() {
    return "proof/bench/run fuzz-promql --seed " + seed + " --case " + number;
  }

  @Override
  public String toString() {
    return "case "
        + number
        + " of seed "
        + seed
        + ": not so: "
        + rule
        + "\n  query: "
        + text
        + "\n  evaluated "
        + setting
        + "\n  "
        + detail
        + "\n  again: "
        + command();
  }
}

package dev.tocsin.promql.script;

/// One case of a script and how it went.
///
/// @param line where it stands, from 1
/// @param query as written; `load` for samples that cannot be loaded
public record Outcome(int line, String query, Verdict verdict) {
  public boolean failed() {
    return verdict instanceof Verdict.Failed;
  }
}

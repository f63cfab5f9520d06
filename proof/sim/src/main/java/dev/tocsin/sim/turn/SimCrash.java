package dev.tocsin.sim.turn;

/// The process is gone at this very instruction. An Error, and not for anybody to handle but the
/// scenario, which then crashes the world and starts the program anew.
public final class SimCrash extends Error {
  public SimCrash(String where) {
    super(where);
  }
}

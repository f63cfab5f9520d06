package dev.tocsin.bench;

import dev.tocsin.bench.contract.*;
public final class FuzzRules {
  private FuzzRules() {}
  public static void main(String[] a) {
    TryOut.main(a);
  }
}

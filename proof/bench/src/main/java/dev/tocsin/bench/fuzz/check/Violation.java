package dev.tocsin.bench.fuzz.check;

/// A rule that does not hold.
public final class Violation extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final String rule;

  public Violation(String rule, String detail) {
    super(detail);
    this.rule = rule;
  }

  public String rule() {
    return rule;
  }
}

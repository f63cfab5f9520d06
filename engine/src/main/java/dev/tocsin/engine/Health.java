package dev.tocsin.engine;

/// How the last evaluation of a rule went.
public enum Health {
  OK("ok"),
  ERROR("err"),
  UNKNOWN("unknown");

  private final String word;

  Health(String word) {
    this.word = word;
  }

  /// As the API of Prometheus says it.
  public String word() {
    return word;
  }
}

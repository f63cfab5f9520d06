package dev.tocsin.engine;

/// Why the evaluation of a rule came to nothing, in the words its user sees.
final class RuleFailure extends Exception {
  private static final long serialVersionUID = 1L;

  RuleFailure(String reason) {
    super(reason);
  }

  String reason() {
    return String.valueOf(getMessage());
  }
}

package dev.tocsin.promql.eval;

/// A query that has no result; the message is worded as Prometheus's.
public final class EvalException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /// Why.
  public enum Kind {
    /// The query and the data do not go together.
    EXECUTION,
    /// It would take too much memory.
    LIMIT,
    /// Whoever asked does not want the result any more.
    CANCELED,
    /// It took too long.
    TIMEOUT
  }

  private final Kind kind;

  public EvalException(Kind kind, String message) {
    super(message);
    this.kind = kind;
  }

  static EvalException execution(String message) {
    return new EvalException(Kind.EXECUTION, message);
  }

  public Kind kind() {
    return kind;
  }
}

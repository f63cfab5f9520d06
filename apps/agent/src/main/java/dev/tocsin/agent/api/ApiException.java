package dev.tocsin.agent.api;

/// A request that cannot be answered, with Prometheus's error type and status.
final class ApiException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /// Prometheus's error types (web/api/v1).
  enum Kind {
    BAD_DATA("bad_data", 400),
    EXECUTION("execution", 422),
    CANCELED("canceled", 499),
    TIMEOUT("timeout", 503),
    UNAVAILABLE("unavailable", 503),
    INTERNAL("internal", 500),
    NOT_FOUND("not_found", 404);

    private final String word;
    private final int status;

    Kind(String word, int status) {
      this.word = word;
      this.status = status;
    }

    String word() {
      return word;
    }

    int status() {
      return status;
    }
  }

  private final Kind kind;

  ApiException(Kind kind, String message) {
    super(message);
    this.kind = kind;
  }

  static ApiException badData(String parameter, String reason) {
    return new ApiException(Kind.BAD_DATA, "invalid parameter \"" + parameter + "\": " + reason);
  }

  Kind kind() {
    return kind;
  }

  String reason() {
    return String.valueOf(getMessage());
  }
}

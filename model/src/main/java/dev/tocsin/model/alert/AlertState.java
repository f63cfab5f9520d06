package dev.tocsin.model.alert;

/// Where an alert stands, as Prometheus counts it.
public enum AlertState {
  INACTIVE,
  PENDING,
  FIRING;

  /// `inactive`, `pending`, `firing`: the words of the API and of the label `alertstate`.
  public String word() {
    return switch (this) {
      case INACTIVE -> "inactive";
      case PENDING -> "pending";
      case FIRING -> "firing";
    };
  }
}

package dev.tocsin.deliver.destination;

/// What is known of whether a destination can be told.
///
/// @param lastSuccessMs Unix milliseconds of the last accepted request or answered probe; 0: never
/// @param lastFailureMs the same of the last failure; 0: never
/// @param lastFailure its reason, without secrets; empty where there was none
public record DestinationHealth(
    String name, Reachable reachable, long lastSuccessMs, long lastFailureMs, String lastFailure) {

  /// By the last contact.
  public enum Reachable {
    /// Never called.
    UNKNOWN,
    YES,
    NO
  }

  public static DestinationHealth unknown(String name) {
    return new DestinationHealth(name, Reachable.UNKNOWN, 0, 0, "");
  }

  public DestinationHealth succeeded(long atMs) {
    return new DestinationHealth(name, Reachable.YES, atMs, lastFailureMs, lastFailure);
  }

  public DestinationHealth failed(long atMs, String reason) {
    return new DestinationHealth(name, Reachable.NO, lastSuccessMs, atMs, reason);
  }

  /// It answered, and refused what was said: reachable, but worth showing.
  public DestinationHealth refused(long atMs, String reason) {
    return new DestinationHealth(name, Reachable.YES, lastSuccessMs, atMs, reason);
  }
}

package dev.tocsin.agent.health;

/// Something the agent needs, as it is now.
///
/// @param name as people know it, as `data directory`
/// @param cure what would mend it
/// @param reason why it is not fine; empty where it is
public record Dependency(String name, Cure cure, String reason) {
  /// What would mend a failure: decides whether the liveness probe fails as well.
  public enum Cure {
    /// A part of this process died.
    RESTART,
    /// Something outside has to be mended, or time has to pass: killing the agent would only lose
    /// alerts.
    OUTSIDE
  }

  public static Dependency fine(String name, Cure cure) {
    return new Dependency(name, cure, "");
  }

  public boolean isFine() {
    return reason.isEmpty();
  }
}

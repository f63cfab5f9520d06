package dev.tocsin.agent.rulesource;

/// How a source of rules stands: for `tocsin_rule_source_up` and the health page.
///
/// @param source a file's name or a URL without its password
/// @param reason why it does not answer; empty where it does
/// @param rules how many rules of it are kept: 0 once they were dropped
public record SourceState(String source, String reason, int rules) {
  public boolean isUp() {
    return reason.isEmpty();
  }
}

package dev.tocsin.agent.config;

import dev.tocsin.deliver.send.SendConfig;

/// An entry of `remote_write` or `otlp_write`.
///
/// @param send without the external labels, which are in another section
public record SendTarget(SendConfig send, Protocol protocol) {
  public enum Protocol {
    REMOTE_WRITE_1,
    REMOTE_WRITE_2,
    OTLP
  }
}
